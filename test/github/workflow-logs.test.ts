import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Coverage } from '../../src/core/coverage.js';
import { Secret } from '../../src/core/secret.js';
import { openKeptAnswers } from '../../src/github/kept-answers.js';
import { readConversations } from '../../src/github/read-conversations.js';
import { fakeKey } from '../../src/sandbox/fake-keys.js';
import { githubContext, githubEntry } from '../support/github-context.js';
import { aRemoteRepository } from '../support/remote-repository.js';
import {
  type Reply,
  type Script,
  type ScriptedServer,
  startScriptedServer,
} from '../support/scripted-server.js';

const TOKEN = Secret.of(fakeKey('github', 'test'));
const NOTHING = {
  issues: false,
  pullRequests: false,
  commitComments: false,
  releases: false,
  discussions: false,
};
/** The tests' day is 1 November 2026. */
const RUNS = '/repos/acme/web/actions/runs?per_page=100&created=%3E%3D2026-10-29';
const jobsOf = (run: number): string => `/repos/acme/web/actions/runs/${run}/jobs?per_page=100&filter=all`;
const logOf = (job: number): string => `/repos/acme/web/actions/jobs/${job}/logs`;

let folder: string;
let server: ScriptedServer | undefined;
let storage: ScriptedServer | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keyaudit-logs-'));
});
afterEach(async () => {
  const ended = [server, storage];
  [server, storage] = [undefined, undefined];
  for (const one of ended) await one?.close();
  await rm(folder, { recursive: true, force: true });
});

interface Read {
  readonly texts: readonly string[];
  readonly coverage: readonly Coverage[];
}

async function read(lookedFor = 'ab'): Promise<Read> {
  const entry = githubEntry({ apiUrl: server?.origin, include: { ...NOTHING, workflowLogDays: 3 } });
  const kept = await openKeptAnswers(join(folder, 'answers'), 'keyaudit 1');
  const request = { entry, token: TOKEN, repositories: [aRemoteRepository()], kept, retryUnitMs: 1 };
  const { texts, coverage } = readConversations(request, githubContext());
  const found: string[] = [];
  for await (const { label, text } of texts(lookedFor)) found.push(`${label}: ${text}`);
  return { texts: found, coverage: coverage() };
}

const runs = (...ids: readonly number[]): Reply => ({
  json: {
    total_count: ids.length,
    workflow_runs: ids.map((id) => ({ id, status: 'completed', run_attempt: 1 })),
  },
});
const job = (id: number, more: object = {}): object => ({
  id,
  status: 'completed',
  conclusion: 'success',
  ...more,
});
const jobs = (...list: readonly object[]): Reply => ({ json: { total_count: list.length, jobs: list } });

/** The log lies on another host, as GitHub's do. */
async function withLogs(logs: Script, script: (at: string) => Script): Promise<void> {
  storage = await startScriptedServer(logs);
  server = await startScriptedServer(script(storage.origin));
}
const leadsTo = (location: string): Reply => ({ json: {}, status: 302, headers: { location } });

describe('reading the logs of workflows', () => {
  it('reads those of each job that ran, from where they lie, without the token', async () => {
    await withLogs({ '/one': { text: 'a log' } }, (at) => ({
      [RUNS]: {
        json: {
          workflow_runs: [
            { id: 1, status: 'completed' },
            { id: 2, status: 'in_progress' },
          ],
        },
      },
      [jobsOf(1)]: jobs(job(11), job(12, { conclusion: 'skipped' }), job(13, { status: 'queued' })),
      [logOf(11)]: leadsTo(`${at}/one`),
    }));
    const { texts, coverage } = await read();
    expect(texts).toEqual(['actions/jobs/11: a log']);
    expect(coverage).toMatchObject([{ part: 'workflow logs', status: 'complete', seen: 1 }]);
    expect(storage?.seen.map(({ authorization }) => authorization)).toEqual([undefined]);
    expect(server?.seen.at(-1)?.authorization).toBe(`Bearer ${TOKEN.reveal()}`);
  });

  it('reads a log once, unless something else is looked for', async () => {
    await withLogs({ '/one': { text: 'a log' } }, (at) => ({
      [RUNS]: runs(1),
      [jobsOf(1)]: jobs(job(11)),
      [logOf(11)]: [leadsTo(`${at}/one`), leadsTo(`${at}/one`)],
    }));
    const [first, second, third] = [await read(), await read(), await read('cd')];
    expect([first, second, third].map(({ texts }) => texts.length)).toEqual([1, 0, 1]);
    expect(second.coverage).toEqual(first.coverage);
  });

  it('takes a log that GitHub removed for none', async () => {
    server = await startScriptedServer({
      [RUNS]: runs(1),
      [jobsOf(1)]: jobs(job(11)),
      [logOf(11)]: { json: {}, status: 410 },
    });
    expect((await read()).coverage).toMatchObject([{ status: 'complete', seen: 0 }]);
  });

  it.each<[string, Reply]>([
    ['is cut off', { cutAfter: 'a lo' }],
    ['is not there', { json: {}, status: 404 }],
  ])('says that it could not read one that %s, and reads the others', async (_, reply) => {
    await withLogs({ '/one': reply, '/two': { text: 'two' } }, (at) => ({
      [RUNS]: runs(1),
      [jobsOf(1)]: jobs(job(11), job(12)),
      [logOf(11)]: leadsTo(`${at}/one`),
      [logOf(12)]: leadsTo(`${at}/two`),
    }));
    expect((await read()).coverage).toMatchObject([
      { status: 'partial', seen: 1, reason: expect.stringContaining('1 of them could not be read') },
    ]);
  });

  it.each<[string, Reply, string]>([
    ['the right is missing', { json: {}, status: 403 }, 'lacks a right'],
    ['the address is no longer one of the web', leadsTo('file:///etc/passwd'), 'redirect'],
  ])('tells it when %s', async (_, reply, reason) => {
    server = await startScriptedServer({ [RUNS]: runs(1), [jobsOf(1)]: jobs(job(11)), [logOf(11)]: reply });
    expect((await read()).coverage).toMatchObject([
      { status: 'failed', reason: expect.stringContaining(reason) },
    ]);
  });
});
