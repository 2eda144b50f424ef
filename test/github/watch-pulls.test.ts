import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Secret } from '../../src/core/secret.js';
import { PULLS } from '../../src/github/conversation-kinds.js';
import { githubClient } from '../../src/github/github-client.js';
import { openKeptAnswers } from '../../src/github/kept-answers.js';
import { listPages } from '../../src/github/list-pages.js';
import { watchPulls } from '../../src/github/watch-pulls.js';
import { fakeKey } from '../../src/sandbox/fake-keys.js';
import { githubContext, githubEntry } from '../support/github-context.js';
import { aRemoteRepository } from '../support/remote-repository.js';
import {
  type Reply,
  type Script,
  type ScriptedServer,
  startScriptedServer,
} from '../support/scripted-server.js';

const token = Secret.of(fakeKey('github', 'test'));
const LIST = PULLS.list('/repos/acme/web');
const SAME: Reply = { text: '', status: 304 };

let folder: string;
let server: ScriptedServer;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyaudit-pulls-'));
});
afterEach(async () => {
  rmSync(folder, { recursive: true, force: true });
  await server.close();
});

const page = (etag: string, count = 1, headers: Record<string, string> = {}): Reply => ({
  json: Array.from({ length: count }, (_, at) => ({ number: at + 1 })),
  headers: { etag, ...headers },
});

/** One run: watches, then reads the list for its texts and keeps the pages on which no key stands. */
async function run(holdsKey = false): Promise<string | undefined> {
  const kept = await openKeptAnswers(join(folder, 'answers.jsonl'), 'keyaudit 1');
  const apiUrl = server.origin;
  const ctx = githubContext();
  const request = { entry: githubEntry({ apiUrl }), token, kept, retryUnitMs: 1 };
  const digest = await watchPulls(request, ctx)(aRemoteRepository(), true);
  const octokit = githubClient({ apiUrl, token, asksOnly: true, retryUnitMs: 1 }, ctx);
  for await (const one of listPages(LIST, { octokit, kept, under: 'ab' }))
    if ('settle' in one && !holdsKey) one.settle({ seen: one.items.length });
  await kept.flush();
  return digest;
}

const serve = async (script: Script): Promise<void> => {
  server = await startScriptedServer(script);
};

describe('watching pull requests', () => {
  it('tells the same while the list is, and asks once a run for that and for the texts', async () => {
    await serve({ [LIST.url]: [page('"one"'), SAME, SAME] });
    const [first, second, third] = [await run(), await run(), await run()];
    expect(first).toBeUndefined();
    expect(second).toMatch(/^[0-9a-f]{64}$/);
    expect(third).toBe(second);
    expect(server.seen).toHaveLength(3);
  });

  it('tells nothing when a head moved, and something else from then on', async () => {
    await serve({ [LIST.url]: [page('"one"'), SAME, page('"two"'), page('"two"'), SAME] });
    await run();
    const before = await run();
    expect(await run()).toBeUndefined();
    const after = await run();
    expect(after).toMatch(/^[0-9a-f]{64}$/);
    expect(after).not.toBe(before);
  });

  it('looks at every page', async () => {
    const live: Record<string, Script[string]> = { '/two': [page('"b"'), SAME, page('"c"'), page('"c"')] };
    await serve(live);
    live[LIST.url] = [page('"a"', 100, { link: `<${server.origin}/two>; rel="next"` }), SAME, SAME, SAME];
    await run();
    expect(await run()).toBeDefined();
    expect(await run()).toBeUndefined();
  });

  it.each<[string, Reply, boolean]>([
    ['a key stands on a page, which is read in each run', page('"one"'), true],
    ['the last page is full, so that one more may have come behind it', page('"one"', 100), false],
    ['GitHub names no version', { json: [{ number: 1 }] }, false],
  ])('tells nothing when %s', async (_what, reply, holdsKey) => {
    await serve({ [LIST.url]: [reply, reply] });
    await run(holdsKey);
    expect(await run(holdsKey)).toBeUndefined();
  });

  it('tells nothing when GitHub forbids the list', async () => {
    const forbidden: Reply = { json: { message: 'no' }, status: 403 };
    await serve({ [LIST.url]: [page('"one"'), forbidden, page('"one"')] });
    await run();
    expect(await run()).toBeUndefined();
  });
});
