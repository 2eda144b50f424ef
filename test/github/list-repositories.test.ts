import { afterEach, describe, expect, it } from 'vitest';
import { Secret } from '../../src/core/secret.js';
import { type Listing, listRepositories } from '../../src/github/list-repositories.js';
import { fakeKey } from '../../src/sandbox/fake-keys.js';
import { startSandbox } from '../../src/sandbox/start-sandbox.js';
import { githubContext, githubEntry } from '../support/github-context.js';
import { type Script, type ScriptedServer, startScriptedServer } from '../support/scripted-server.js';

const TOKEN = Secret.of(fakeKey('github', 'test'));
const LIST = '/orgs/acme/repos?per_page=100&sort=full_name&type=all';

let server: ScriptedServer | undefined;
afterEach(async () => {
  const ended = server;
  server = undefined;
  await ended?.close();
});

const COUNT = '/orgs/acme';
/** The answer to how many repositories the organization has, for lists that are read to their end. */
const counted = (open: number, hidden?: number): Script => ({
  [COUNT]: { json: { public_repos: open, total_private_repos: hidden } },
});

const repository = (origin: string, name: string, more: object = {}): object => ({
  name,
  owner: { login: 'acme' },
  private: true,
  visibility: 'private',
  archived: false,
  fork: false,
  disabled: false,
  clone_url: `${origin}/acme/${name}.git`,
  default_branch: 'main',
  size: 3,
  ...more,
});

/** The script may need the server's own address, which is known only when it listens: `ORIGIN` stands for it. */
async function list(script: Script, entry: object = { orgs: ['acme'] }): Promise<Listing> {
  const live: Record<string, Script[string]> = { ...script };
  server = await startScriptedServer(live);
  const { origin } = server;
  for (const [url, reply] of Object.entries(live)) {
    live[url] = JSON.parse(JSON.stringify(reply).replaceAll('ORIGIN', origin)) as Script[string];
  }
  const request = { entry: githubEntry({ apiUrl: origin, ...entry }), token: TOKEN, retryUnitMs: 1 };
  return listRepositories(request, githubContext());
}

const names = ({ repositories }: Listing): readonly string[] => repositories.map(({ name }) => name);
const item = (name: string, more?: object): object => repository('ORIGIN', name, more);
const next = (url: string): Record<string, string> => ({ link: `<${url}>; rel="next"` });

describe('listing the repositories of a GitHub', () => {
  it('follows every page, and gives each repository once, by name', async () => {
    const listing = await list({
      [LIST]: { json: [item('web'), item('api')], headers: next('ORIGIN/two') },
      '/two': { json: [item('web'), item('cms', { visibility: 'internal' })] },
      ...counted(1, 2),
    });
    expect(names(listing)).toEqual(['acme/api', 'acme/cms', 'acme/web']);
    expect(listing.repositories[1]?.visibility).toBe('internal');
    expect(listing.coverage).toEqual([
      {
        source: 'acme',
        kind: 'repository',
        part: 'list of repositories',
        status: 'complete',
        expected: 3,
        seen: 3,
      },
    ]);
  });

  it('sends the token with each request, and never in a URL', async () => {
    await list({ [LIST]: { json: [] }, ...counted(0) });
    expect(server?.seen.map(({ authorization }) => authorization)).toEqual([
      `Bearer ${TOKEN.reveal()}`,
      `Bearer ${TOKEN.reveal()}`,
    ]);
    expect(server?.seen.some(({ url }) => url.includes(TOKEN.reveal()))).toBe(false);
  });

  it('never follows a next page to another host, and sends it no token', async () => {
    const foreign = await startScriptedServer({});
    const listing = await list({ [LIST]: { json: [item('web')], headers: next(`${foreign.origin}/steal`) } });
    expect(foreign.seen).toEqual([]);
    await foreign.close();
    expect(names(listing)).toEqual(['acme/web']);
    expect(listing.coverage).toMatchObject([
      { status: 'partial', seen: 1, reason: expect.stringContaining('another host') },
    ]);
  });

  it('never follows a redirect to another host, and sends it no token', async () => {
    const foreign = await startScriptedServer({});
    const listing = await list({
      [LIST]: { json: {}, status: 302, headers: { location: `${foreign.origin}/steal` } },
    });
    expect(foreign.seen).toEqual([]);
    await foreign.close();
    expect(listing.coverage).toMatchObject([
      { status: 'failed', reason: expect.stringContaining('another host') },
    ]);
  });

  it('follows the redirect of a renamed organization on the same host', async () => {
    const listing = await list({
      [LIST]: { json: {}, status: 301, headers: { location: '/organizations/7/repos' } },
      '/organizations/7/repos': { json: [item('web')] },
      ...counted(0, 1),
    });
    expect(names(listing)).toEqual(['acme/web']);
  });

  it.each([
    [
      '401: the token is wrong',
      { json: { message: 'Bad credentials' }, status: 401 },
      'does not accept the token',
    ],
    ['403: the token lacks a right', { json: { message: 'Forbidden' }, status: 403 }, 'lacks a right'],
    ['404: unknown or not visible', { json: { message: 'Not Found' }, status: 404 }, 'may not see it'],
    ['409, which is no empty list', { json: {}, status: 409 }, 'empty or damaged'],
    ['a list that is no list', { json: { message: 'hello' } }, 'not JSON'],
    [
      'a next page that has no address',
      { json: [], headers: { link: '<https://[>; rel="next"' } },
      'not JSON',
    ],
    [
      'a next page that has an address only for some',
      { json: [], headers: { link: '<https: r9>; rel="next"' } },
      'not JSON',
    ],
    ['a page with more than was asked for', { json: Array.from({ length: 101 }, () => ({})) }, 'larger than'],
  ] as const)('tells %s, without a second request', async (_, reply, reason) => {
    const listing = await list({ [LIST]: [reply] });
    expect(listing.coverage).toMatchObject([
      { status: 'failed', seen: 0, reason: expect.stringContaining(reason) },
    ]);
  });

  it.each([
    ['500', { json: {}, status: 500 }, 'failed with 500'],
    ['a body that is no JSON', { text: '<html>' }, 'not JSON'],
    [
      'an item on which a check would trip',
      { json: [{ clone_url: { length: { toString: 1 } } }] },
      'not JSON',
    ],
    ['a body that is null, which is no empty list', { text: 'null' }, 'not JSON'],
    ['a body that is empty, which is no empty list', { text: '' }, 'not JSON'],
    ['a body that is cut off, which is no empty list', { cutAfter: '[{"name":' }, 'broke within an answer'],
    ['a connection that is reset', { reset: true }, 'cannot be reached'],
  ] as const)('asks three times before it tells %s', async (_, reply, reason) => {
    const listing = await list({ [LIST]: [reply, reply, reply] });
    expect(listing.coverage).toMatchObject([{ status: 'failed', reason: expect.stringContaining(reason) }]);
  });

  it('waits for a rate limit that ends soon, and gives up on one that does not', async () => {
    const limited = (seconds: string): Script[string] => ({
      json: { message: 'You have exceeded a secondary rate limit' },
      status: 403,
      headers: { 'retry-after': seconds },
    });
    const listing = await list(
      {
        [LIST]: [limited('2') as never, { json: [item('web')] }],
        ...counted(1),
        '/users/ines/repos?per_page=100&sort=full_name&type=owner': limited('4000'),
      },
      { orgs: ['acme'], users: ['ines'] },
    );
    expect(names(listing)).toEqual(['acme/web']);
    expect(listing.coverage).toMatchObject([
      { status: 'complete' },
      { source: 'ines', status: 'failed', reason: expect.stringContaining('fewer requests') },
    ]);
  });

  it.each<[string, number, Record<string, string>, string]>([
    [
      'the hourly limit is used up until soon',
      403,
      { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1' },
      'x',
    ],
    [
      'GitHub takes requests for abuse',
      403,
      { 'retry-after': '30' },
      'You have triggered an abuse detection mechanism',
    ],
    ['there were too many requests', 429, { 'retry-after': '30' }, 'Too many requests'],
    ['there were too many requests, whatever the time', 429, {}, 'Too many requests'],
    ['the secondary limit tells no time', 403, {}, 'You have exceeded a secondary rate limit'],
  ])('waits and asks again when %s', async (_, status, headers, message) => {
    const listing = await list({
      [LIST]: [{ json: { message }, status, headers }, { json: [item('web')] }],
      ...counted(1),
    });
    expect(names(listing)).toEqual(['acme/web']);
    expect(listing.coverage).toMatchObject([{ status: 'complete' }]);
  });

  it.each<[string, number, Record<string, string>]>([
    ['the hourly limit', 403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '2000000000' }],
    ['an abuse answer', 403, { 'retry-after': '3600' }],
    ['a proxy', 429, { 'retry-after': '3600' }],
  ])('tells of %s that asks for more than minutes', async (_, status, headers) => {
    const listing = await list({ [LIST]: [{ json: { message: 'no' }, status, headers }] });
    expect(listing.coverage).toMatchObject([
      { status: 'failed', reason: expect.stringContaining('fewer requests') },
    ]);
  });

  it('waits for a quarter of an hour and no longer for a GitHub that only ever asks to wait, however many lists there are', async () => {
    const orgs = Array.from({ length: 40 }, (_, at) => `o${at}`);
    const refused = { json: { message: 'Too many requests' }, status: 429 };
    const lists = orgs.map((org) => `/orgs/${org}/repos?per_page=100&sort=full_name&type=all`);
    server = await startScriptedServer(Object.fromEntries(lists.map((url) => [url, refused])));
    const request = { entry: githubEntry({ apiUrl: server.origin, orgs }), token: TOKEN, retryUnitMs: 1 };
    const context = githubContext();
    const beforeMs = context.clock.now();
    const { coverage } = await listRepositories(request, context);
    expect(coverage.every(({ status, reason }) => status === 'failed' && reason !== undefined)).toBe(true);
    // One wait more may have begun.
    expect(context.clock.now() - beforeMs).toBeLessThan(17 * 60_000);
  });

  it.each([
    ['has no owner', { owner: undefined }],
    ['has a name that leads out of its folder', { name: '..' }],
    ['does not say whether it is private', { private: 'no' }],
    ['is cloned from another host', { clone_url: 'https://git.example/acme/bad.git' }],
    ['is cloned with a user in its address', { clone_url: 'http://user@127.0.0.1/acme/bad.git' }],
    ['is cloned from the address of another one', { clone_url: 'ORIGIN/acme/other.git' }],
  ])('says that the list is not whole when a repository %s', async (_, more) => {
    const listing = await list({ [LIST]: { json: [item('web'), item('bad', more)] } });
    expect(names(listing)).toEqual(['acme/web']);
    expect(listing.coverage).toMatchObject([{ status: 'partial', seen: 1, reason: expect.any(String) }]);
  });

  it('says so when the organization has more than the token may see', async () => {
    const listing = await list({ [LIST]: { json: [item('web')] }, ...counted(1, 6) });
    expect(listing.coverage).toMatchObject([
      { status: 'partial', seen: 1, expected: 7, reason: expect.stringContaining('may not see all') },
    ]);
  });

  it('says so when GitHub leaves out what single sign-on guards', async () => {
    const headers = { 'x-github-sso': 'partial-results; organizations=21955855,20582480' };
    const listing = await list({ [LIST]: { json: [item('web')], headers } });
    expect(names(listing)).toEqual(['acme/web']);
    expect(listing.coverage).toMatchObject([
      { status: 'partial', seen: 1, reason: expect.stringContaining('single sign-on') },
    ]);
  });

  it('takes a list for whole whose count it cannot have', async () => {
    const listing = await list({ [LIST]: { json: [item('web')] }, [COUNT]: { json: {}, status: 403 } });
    expect(listing.coverage).toMatchObject([{ status: 'complete', seen: 1, expected: undefined }]);
  });

  it('leaves out what the entry does not want, but not what it names', async () => {
    const everything = [
      item('web'),
      item('old', { archived: true }),
      item('fork', { fork: true }),
      item('secret-lab'),
    ];
    const include = { archived: false };
    const listing = await list(
      {
        [LIST]: { json: everything },
        ...counted(0, 4),
        '/repos/acme/named': { json: item('named', { fork: true, archived: true }) },
      },
      { orgs: ['acme'], repos: ['acme/named'], exclude: ['ACME/secret-*'], include },
    );
    expect(names(listing)).toEqual(['acme/named', 'acme/web']);
  });

  it('ends at once when the run is interrupted', async () => {
    const stop = new AbortController();
    server = await startScriptedServer({ [LIST]: { hang: true } });
    const entry = githubEntry({ apiUrl: server.origin, orgs: ['acme'] });
    const listing = listRepositories({ entry, token: TOKEN }, githubContext(stop.signal));
    setTimeout(() => stop.abort(new Error('by the user')), 50);
    const began = performance.now();
    await expect(listing).rejects.toThrow('by the user');
    expect(performance.now() - began).toBeLessThan(1_000);
  });

  it('ends at once when the run is interrupted while it waits for a rate limit', async () => {
    const stop = new AbortController();
    const headers = { 'retry-after': '200' };
    const body = { message: 'You have exceeded a secondary rate limit' };
    server = await startScriptedServer({ [LIST]: { json: body, status: 403, headers } });
    const entry = githubEntry({ apiUrl: server.origin, orgs: ['acme'] });
    const context = githubContext(stop.signal);
    const listing = listRepositories({ entry, token: TOKEN, retryUnitMs: 100 }, context);
    setTimeout(() => stop.abort(new Error('by the user')), 200);
    const began = performance.now();
    await expect(listing).rejects.toThrow('by the user');
    expect(performance.now() - began).toBeLessThan(1_000);
    expect(context.notes.join()).toContain('waiting 200 s');
  });

  it("finds all of the sandbox's repositories but the fork, and only public ones without a token", async () => {
    const sandbox = await startSandbox();
    const entry = githubEntry({ apiUrl: sandbox.urls.github, orgs: ['fjordlight'], users: ['ines-okafor'] });
    const token = Secret.of(sandbox.credentials['KEYAUDIT_DEMO_GITHUB'] ?? '-');
    const all = await listRepositories({ entry, token }, githubContext());
    const open = await listRepositories({ entry, token: undefined }, githubContext());
    await sandbox.close();
    expect(all.repositories).toHaveLength(27);
    expect(all.repositories.some(({ fork }) => fork)).toBe(false);
    expect(new Set(open.repositories.map(({ visibility }) => visibility))).toEqual(new Set(['public']));
  });
});
