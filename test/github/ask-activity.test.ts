import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Coverage } from '../../src/core/coverage.js';
import { Secret } from '../../src/core/secret.js';
import { activityCosts, askActivity } from '../../src/github/ask-activity.js';
import { openKeptAnswers } from '../../src/github/kept-answers.js';
import { readConversations } from '../../src/github/read-conversations.js';
import { emptyTally, type Tally } from '../../src/github/tally.js';
import { fakeKey } from '../../src/sandbox/fake-keys.js';
import { githubContext, githubEntry, type GithubTestContext } from '../support/github-context.js';
import { aRemoteRepository } from '../support/remote-repository.js';
import {
  type Reply,
  type Script,
  type ScriptedServer,
  startScriptedServer,
} from '../support/scripted-server.js';

const TOKEN = Secret.of(fakeKey('github', 'test'));
const GRAPHQL = 'POST /graphql';
const ISSUES = '/repos/acme/web/issues?per_page=100&state=all&sort=created&direction=asc';
const COMMENTS = '/repos/acme/web/issues/comments?per_page=100&sort=created&direction=asc';
const RELEASES = '/repos/acme/web/releases?per_page=100';
const LISTS = { pullRequests: false, commitComments: false, discussions: false };
const NOW = Date.parse('2026-11-01T12:00:00Z');
const DAY_MS = 86_400_000;
const OLD = '2026-10-01T00:00:00Z';
const NEW = '2026-11-01T00:00:00Z';
const REPOSITORY = aRemoteRepository({ nodeId: 'R_1' });

let folder: string;
let server: ScriptedServer;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyaudit-activity-'));
});
afterEach(async () => {
  rmSync(folder, { recursive: true, force: true });
  await server.close();
});

const changes = (...times: readonly string[]): object => ({
  totalCount: times.length,
  nodes: times.map((updatedAt) => ({ updatedAt })),
});

const node = (more: object = {}): object => ({
  id: 'R_1',
  hasIssuesEnabled: true,
  parent: null,
  issues: changes(OLD),
  pulls: changes(),
  open: { totalCount: 0, nodes: [] },
  discussions: changes(),
  releases: changes(OLD),
  commitComments: changes(),
  ...more,
});
const telling = (...nodes: readonly unknown[]): Reply => ({
  json: { data: { rateLimit: { cost: 3 }, nodes } },
});
const list = (etag: string, ...items: readonly object[]): Reply => ({ json: items, headers: { etag } });
const issue = (number: number, body = 'Body'): object => ({ number, title: 'Title', body });
const comment = (id: number, body = 'Body'): object => ({ id, body });
const SAME: Reply = { text: '', status: 304 };

interface Run {
  readonly labels: readonly string[];
  readonly coverage: readonly Coverage[];
  readonly tally: Tally;
}

interface Wish {
  readonly day?: number;
  readonly lookedFor?: string;
  readonly recheckDays?: number;
}

const on = (day: number): GithubTestContext => {
  const context = githubContext();
  return { ...context, clock: { ...context.clock, now: () => NOW + day * DAY_MS } };
};

/** One run; a text with `key` in it is one in which a key stands. */
async function run({ day = 0, lookedFor = 'ab', recheckDays = 28 }: Wish = {}): Promise<Run> {
  const ctx = on(day);
  const entry = githubEntry({ apiUrl: server.origin, include: LISTS, recheckDays });
  const kept = await openKeptAnswers(join(folder, 'answers.jsonl'), 'keyaudit 1');
  const tally = emptyTally();
  const asking = { entry, token: TOKEN, repositories: [REPOSITORY], tally, retryUnitMs: 1 };
  const activities = await askActivity(asking, ctx);
  const { texts, coverage } = readConversations({ ...asking, activities, kept }, ctx);
  const labels: string[] = [];
  for await (const { label, text, held } of texts(lookedFor)) {
    labels.push(label);
    if (text.includes('key')) held?.();
  }
  return { labels, coverage: coverage(), tally };
}

const serve = async (script: Script): Promise<void> => {
  server = await startScriptedServer(script);
};

const EACH = [list('"i"', issue(1)), SAME] as const;

describe('lists of which GitHub tells no newer change', () => {
  it('are not asked for again, are counted all the same, and coverage says on what that rests', async () => {
    await serve({
      [GRAPHQL]: telling(node()),
      [ISSUES]: [list('"i"', issue(1))],
      [COMMENTS]: [list('"c"', comment(1), comment(2))],
      [RELEASES]: [list('"r"')],
    });
    const first = await run();
    const second = await run({ day: 7 });
    expect(first.labels).toEqual(['issues/1', 'issues/comments/1', 'issues/comments/2']);
    expect(second.labels).toEqual([]);
    expect(second.coverage).toEqual(first.coverage);
    const reason = 'read again when GitHub tells a newer change or another number, and within 28 days';
    expect(second.coverage[0]).toMatchObject({ part: 'issues', status: 'complete', reason });
    expect(second.coverage.map(({ seen }) => seen)).toEqual([1, 2, 0]);
    expect(second.tally).toMatchObject({ requests: 0, questions: 1, points: 3, sealed: 3 });
  });

  it.each<[string, object]>([
    ['an issue changed', { issues: changes(NEW) }],
    ['there is one more of the same time', { issues: { totalCount: 2, nodes: [{ updatedAt: OLD }] } }],
    ['a pull request changed, below which comments stand', { pulls: changes(NEW) }],
  ])('are asked for where %s', async (_what, more) => {
    const changed = 'issues' in more ? [...EACH] : [list('"i"', issue(1))];
    await serve({
      [GRAPHQL]: [telling(node()), telling(node(more))],
      [ISSUES]: changed,
      [COMMENTS]: [list('"c"', comment(1)), list('"d"', comment(1), comment(2))],
      [RELEASES]: [list('"r"')],
    });
    await run();
    expect((await run({ day: 7 })).labels).toEqual(['issues/comments/1', 'issues/comments/2']);
  });

  it.each<[string, object]>([
    ['one of the releases changed', { releases: changes(NEW) }],
    ['there are more releases than are told', { releases: { totalCount: 2, nodes: [{ updatedAt: OLD }] } }],
    ['the newest change is of the last minutes', { releases: changes('2026-11-08T11:59:00Z') }],
  ])('are asked for alone where %s', async (_what, more) => {
    await serve({
      [GRAPHQL]: [telling(node()), telling(node(more))],
      [ISSUES]: [list('"i"', issue(1))],
      [COMMENTS]: [list('"c"')],
      [RELEASES]: [list('"r"'), SAME],
    });
    await run();
    expect((await run({ day: 7 })).tally.requests).toBe(1);
  });

  it.each<[string, Wish, number]>([
    ['four weeks have gone by', { day: 28 }, 0],
    ['the clock was turned back', { day: -1 }, 0],
    ['the configuration wants it in each run', { day: 7, recheckDays: 0 }, 0],
    ['something else is looked for', { day: 7, lookedFor: 'cd' }, 1],
  ])('are asked for whatever GitHub tells when %s', async (_what, wish, labels) => {
    const again = labels === 0 ? SAME : list('"i"', issue(1));
    const none = labels === 0 ? SAME : list('"c"');
    await serve({
      [GRAPHQL]: telling(node()),
      [ISSUES]: [list('"i"', issue(1)), again],
      [COMMENTS]: [list('"c"'), none],
      [RELEASES]: [list('"r"'), none],
    });
    await run();
    const second = await run(wish);
    expect(second.labels).toHaveLength(labels);
    expect(second.tally.sealed).toBe(0);
  });

  it('are read again in each run where a key stands in them', async () => {
    const page = list('"i"', issue(1, 'a key'));
    await serve({
      [GRAPHQL]: telling(node()),
      [ISSUES]: [page, page],
      [COMMENTS]: [list('"c"')],
      [RELEASES]: [list('"r"')],
    });
    await run();
    expect((await run({ day: 7 })).labels).toEqual(['issues/1']);
  });

  it('are asked for again where something of them could not be read, or the list broke off', async () => {
    await serve({
      [GRAPHQL]: telling(node()),
      [ISSUES]: [list('"i"', issue(1)), SAME],
      [COMMENTS]: [list('"c"', { id: 'x' }), list('"c"', { id: 'x' })],
      [RELEASES]: [
        { json: {}, status: 403 },
        { json: {}, status: 403 },
      ],
    });
    await run({ recheckDays: 0 });
    const { coverage } = await run({ day: 7 });
    expect(coverage.map(({ status }) => status)).toEqual(['complete', 'failed', 'failed']);
  });

  it('stay switched off without a question', async () => {
    const off = node({ hasIssuesEnabled: false, issues: changes() });
    await serve({
      [GRAPHQL]: telling(off),
      [ISSUES]: [{ json: { message: 'Issues are disabled' }, status: 410 }],
      [COMMENTS]: [list('"c"')],
      [RELEASES]: [list('"r"')],
    });
    const first = await run();
    const second = await run({ day: 7 });
    expect(second.tally.requests).toBe(0);
    expect(second.coverage.map(({ status, seen }) => [status, seen])).toEqual(
      first.coverage.map(({ status, seen }) => [status, seen]),
    );
  });
});

describe('where GitHub does not tell what changed last', () => {
  const page = { [ISSUES]: [...EACH], [COMMENTS]: [list('"c"'), SAME], [RELEASES]: [list('"r"'), SAME] };
  const nothing = (more: object): Reply => ({ json: { data: null, errors: [more] } });

  it.each<[string, Reply]>([
    ['the server knows no such field', nothing({ message: "Field 'discussions' doesn't exist" })],
    ['it has no GraphQL', { json: { message: 'Not Found' }, status: 404 }],
    ['the token may not ask', { json: { message: 'no' }, status: 403 }],
    ['it tells nothing of the repository', telling(null)],
    ['it tells of another one', telling(node({ id: 'R_2' }))],
    [
      'a part of what it tells is an error',
      { json: { data: { nodes: [node()] }, errors: [{ type: 'FORBIDDEN', path: ['nodes', 0, 'issues'] }] } },
    ],
    ['an error may be about anything', { json: { data: { nodes: [node()] }, errors: [{ type: 'X' }] } }],
    ['it answers with something else', { json: { data: { nodes: 7 } } }],
    ['a time is none', telling(node({ issues: changes('yesterday'), releases: changes('now') }))],
  ])('every list is asked for, as %s', async (_what, reply) => {
    await serve({ [GRAPHQL]: reply, ...page });
    const first = await run();
    const second = await run({ day: 7 });
    expect(first.coverage.map(({ status }) => status)).toEqual(['complete', 'complete', 'complete']);
    expect(second.tally.unchanged).toBe(3);
    expect(second.coverage).toEqual(first.coverage);
  });
});

describe('asking what changed last', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, at) => aRemoteRepository({ name: `acme/r${at}`, nodeId: `R_${at}` }));
  const asked = async (count: number, token: Secret | undefined = TOKEN, include: object = {}) => {
    const entry = githubEntry({ apiUrl: server.origin, include });
    const request = { entry, token, repositories: many(count), retryUnitMs: 1 };
    return [...(await askActivity(request, on(0))).keys()];
  };

  it('takes one question for 50 repositories, and tells what that costs', async () => {
    const nodes = many(60).map(({ nodeId }) => node({ id: nodeId }));
    await serve({ [GRAPHQL]: [telling(...nodes.slice(0, 50)), telling(...nodes.slice(50))] });
    expect(await asked(60)).toHaveLength(60);
    expect(activityCosts(60)).toEqual({ questions: 2, points: 6 });
  });

  it('leaves out the one of which it may not be told, and no other', async () => {
    const errors = [{ type: 'NOT_FOUND', path: ['nodes', 1] }];
    const nodes = [node({ id: 'R_0' }), null, node({ id: 'R_2' })];
    await serve({ [GRAPHQL]: { json: { data: { nodes }, errors } } });
    expect(await asked(3)).toEqual(['acme/r0', 'acme/r2']);
  });

  it('asks for half as much where that was too much for one answer', async () => {
    const tooMuch: Reply = { json: { message: 'Something went wrong' }, status: 502 };
    const nodes = many(2).map(({ nodeId }) => telling(node({ id: nodeId })));
    await serve({ [GRAPHQL]: [tooMuch, tooMuch, tooMuch, ...nodes] });
    expect(await asked(2)).toEqual(['acme/r0', 'acme/r1']);
  });

  it('asks nothing without a token, nor where no list is wanted', async () => {
    await serve({});
    const none = { issues: false, pullRequests: false, commitComments: false, releases: false };
    expect(await asked(2, TOKEN, { ...none, discussions: false })).toEqual([]);
    const entry = githubEntry({ apiUrl: server.origin });
    expect(await askActivity({ entry, token: undefined, repositories: many(2) }, on(0))).toEqual(new Map());
  });
});
