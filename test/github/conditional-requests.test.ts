import { appendFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Coverage } from '../../src/core/coverage.js';
import { Secret } from '../../src/core/secret.js';
import { type KeptAnswers, openKeptAnswers } from '../../src/github/kept-answers.js';
import { type Listing, listRepositories } from '../../src/github/list-repositories.js';
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
const ISSUES = '/repos/acme/web/issues?per_page=100&state=all&sort=created&direction=asc';
const COMMENTS = '/repos/acme/web/issues/comments?per_page=100&sort=created&direction=asc';
const REPOSITORIES = '/orgs/acme/repos?per_page=100&sort=full_name&type=all';
const ONLY_ISSUES = { pullRequests: false, commitComments: false, releases: false, discussions: false };

let folder: string;
let server: ScriptedServer | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keyaudit-answers-'));
});
afterEach(async () => {
  const ended = server;
  server = undefined;
  await ended?.close();
  await rm(folder, { recursive: true, force: true });
});

const file = (): string => join(folder, 'answers.jsonl');
const open = (version = 'keyaudit 1'): Promise<KeptAnswers> => openKeptAnswers(file(), version);

const issue = (number: number, body = 'Body'): object => ({ number, title: `Title ${number}`, body });
const fresh = (etag: string, items: readonly object[], headers: Record<string, string> = {}): Reply => ({
  json: items,
  headers: { etag, ...headers },
});
const SAME: Reply = { text: '', status: 304 };
const ONE = 'W/"one"';
const NO_COMMENTS = fresh('W/"none"', []);

interface Read {
  readonly labels: readonly string[];
  readonly coverage: readonly Coverage[];
}

/** Reads the issues of a repository, as a run of its own; a text with `key` in it is one in which a key stands. */
async function run(
  origin: string,
  { lookedFor = 'ab', version }: { lookedFor?: string; version?: string } = {},
): Promise<Read> {
  const entry = githubEntry({ apiUrl: origin, include: ONLY_ISSUES });
  const kept = await open(version);
  const request = { entry, token: TOKEN, repositories: [aRemoteRepository()], kept, retryUnitMs: 1 };
  const { texts, coverage } = readConversations(request, githubContext());
  const labels: string[] = [];
  for await (const { label, text, held } of texts(lookedFor)) {
    labels.push(label);
    if (text.includes('key')) held?.();
  }
  return { labels, coverage: coverage() };
}

async function serve(script: Script): Promise<string> {
  server = await startScriptedServer(script);
  return server.origin;
}

const asked = (url: string): readonly (string | undefined)[] =>
  server?.seen.filter((request) => request.url === url).map(({ etag }) => etag) ?? [];

describe('asking GitHub only for what changed', () => {
  it('reads no text again while GitHub says that the page is the same, and counts it all the same', async () => {
    const origin = await serve({
      [ISSUES]: [fresh(ONE, [issue(1), issue(2)]), SAME],
      [COMMENTS]: [NO_COMMENTS, SAME],
    });
    const [first, second] = [await run(origin), await run(origin)];
    expect([first.labels, second.labels]).toEqual([['issues/1', 'issues/2'], []]);
    expect(second.coverage).toEqual(first.coverage);
    expect(asked(ISSUES)).toEqual([undefined, ONE]);
  });

  it('reads a page whole in each run on which a key stands', async () => {
    const page = fresh(ONE, [issue(1, 'a key'), issue(2)]);
    const origin = await serve({ [ISSUES]: [page, page], [COMMENTS]: [NO_COMMENTS, SAME] });
    await run(origin);
    expect((await run(origin)).labels).toEqual(['issues/1', 'issues/2']);
    expect(asked(ISSUES)).toEqual([undefined, undefined]);
  });

  it.each([
    ['something else is looked for', { lookedFor: 'cd' }],
    ['another version of the program looks', { version: 'keyaudit 2' }],
  ])('reads everything again when %s', async (_, other) => {
    const page = fresh(ONE, [issue(1)]);
    const origin = await serve({ [ISSUES]: [page, page], [COMMENTS]: [NO_COMMENTS, NO_COMMENTS] });
    await run(origin);
    expect((await run(origin, other)).labels).toEqual(['issues/1']);
    expect(asked(ISSUES)).toEqual([undefined, undefined]);
  });

  it('goes on behind a page that is the same, to one that is not', async () => {
    const link = (origin: string): Record<string, string> => ({
      link: `<${origin}/two>; rel="next", <x>; rel="last"`,
    });
    const live: Record<string, Script[string]> = {
      '/two': [fresh('W/"two"', [issue(3)]), fresh('W/"three"', [issue(3), issue(4)])],
      [COMMENTS]: [NO_COMMENTS, SAME],
    };
    const origin = await serve(live);
    live[ISSUES] = [fresh(ONE, [issue(1)], link(origin)), SAME];
    await run(origin);
    const { labels, coverage } = await run(origin);
    expect(labels).toEqual(['issues/3', 'issues/4']);
    expect(coverage).toMatchObject([{ part: 'issues', status: 'complete', seen: 3 }, { part: 'comments' }]);
    expect(asked('/two')).toEqual([undefined, 'W/"two"']);
  });

  it('does not trust a full last page to stay the last one', async () => {
    const page = fresh(
      ONE,
      Array.from({ length: 100 }, (_, index) => issue(index + 1)),
    );
    const origin = await serve({ [ISSUES]: [page, page], [COMMENTS]: [NO_COMMENTS, SAME] });
    await run(origin);
    expect((await run(origin)).labels).toHaveLength(100);
  });

  it('keeps no page of which something could not be read', async () => {
    const page = fresh(ONE, [issue(1), { number: 'two' }]);
    const origin = await serve({ [ISSUES]: [page, page], [COMMENTS]: [NO_COMMENTS, SAME] });
    await run(origin);
    expect((await run(origin)).coverage).toMatchObject([
      { status: 'partial', seen: 1 },
      { status: 'complete' },
    ]);
  });

  it.each([
    ['is torn, as after a kill', () => appendFile(file(), '["/repos/acme/web/iss')],
    ['holds lines of somebody else', () => appendFile(file(), '{"a":1}\n["x",{"etag":"no","next":7}]\n')],
  ])('uses the rest of what was kept when the file %s', async (_, damage) => {
    const origin = await serve({
      [ISSUES]: [fresh(ONE, [issue(1)]), SAME, SAME],
      [COMMENTS]: [NO_COMMENTS, SAME, SAME],
    });
    await run(origin);
    await damage();
    expect((await run(origin)).labels).toEqual([]);
    expect((await run(origin)).labels).toEqual([]);
  });

  it('starts afresh when the file is nothing that it wrote', async () => {
    await writeFile(file(), Buffer.from([0, 255, 10, 7]));
    const origin = await serve({ [ISSUES]: [fresh(ONE, [issue(1)]), SAME], [COMMENTS]: [NO_COMMENTS, SAME] });
    expect((await run(origin)).labels).toEqual(['issues/1']);
    expect((await run(origin)).labels).toEqual([]);
  });

  it('does without, where nothing can be written', async () => {
    await mkdir(file());
    const page = fresh(ONE, [issue(1)]);
    const origin = await serve({ [ISSUES]: [page, page], [COMMENTS]: [NO_COMMENTS, NO_COMMENTS] });
    expect((await run(origin)).coverage).toMatchObject([{ status: 'complete' }, { status: 'complete' }]);
    expect((await run(origin)).labels).toEqual(['issues/1']);
  });

  it('keeps no text', async () => {
    const origin = await serve({
      [ISSUES]: fresh(ONE, [issue(1, 'a Body to remember')]),
      [COMMENTS]: NO_COMMENTS,
    });
    await run(origin);
    expect(await readFile(file(), 'utf8')).not.toMatch(/Body|Title/);
  });
});

describe('asking GitHub only for a list that changed', () => {
  const repository = (origin: string, name: string, more: object = {}): object => ({
    name,
    owner: { login: 'acme' },
    private: true,
    archived: false,
    fork: false,
    clone_url: `${origin}/acme/${name}.git`,
    pushed_at: '2026-01-01T00:00:00Z',
    description: 'not needed',
    ...more,
  });

  const list = async (origin: string): Promise<Listing> =>
    listRepositories(
      {
        entry: githubEntry({ apiUrl: origin, orgs: ['acme'] }),
        token: TOKEN,
        kept: await open(),
        retryUnitMs: 1,
      },
      githubContext(),
    );

  async function served(page: (origin: string) => readonly object[], second: Reply): Promise<string> {
    const live: Record<string, Script[string]> = {
      '/orgs/acme': { json: { public_repos: 0, total_private_repos: 2 } },
    };
    const origin = await serve(live);
    live[REPOSITORIES] = [fresh(ONE, page(origin)), second];
    return origin;
  }

  it('knows the same repositories by what was kept of them', async () => {
    const origin = await served((at) => [repository(at, 'api'), repository(at, 'web')], SAME);
    const first = await list(origin);
    expect(await list(origin)).toEqual(first);
    expect(first.repositories.map(({ name, pushedAt }) => `${name} ${pushedAt}`)).toEqual([
      'acme/api 2026-01-01T00:00:00Z',
      'acme/web 2026-01-01T00:00:00Z',
    ]);
    expect(await readFile(file(), 'utf8')).not.toContain('not needed');
  });

  it('asks again for a list of which an entry could not be used', async () => {
    const origin = await served((at) => [repository(at, 'api'), repository(at, '..')], fresh('W/"two"', []));
    await list(origin);
    await list(origin);
    expect(asked(REPOSITORIES)).toEqual([undefined, undefined]);
  });
});
