import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Secret } from '../../src/core/secret.js';
import { listRepositories } from '../../src/github/list-repositories.js';
import { mirrorRepositories } from '../../src/github/mirror-repositories.js';
import type { RemoteRepository } from '../../src/github/remote-repository.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/start-sandbox.js';
import { githubContext, githubEntry } from '../support/github-context.js';

let sandbox: Sandbox;
let directory: string;
let listed: readonly RemoteRepository[];

beforeEach(async () => {
  sandbox = await startSandbox();
  directory = mkdtempSync(join(tmpdir(), 'keyaudit-kept-'));
  const entry = githubEntry({ apiUrl: sandbox.urls.github, orgs: ['fjordlight'] });
  ({ repositories: listed } = await listRepositories({ entry, token: token() }, githubContext()));
});
afterEach(async () => {
  await sandbox.close();
  rmSync(directory, { recursive: true, force: true });
});

const token = (): Secret => Secret.of(sandbox.credentials['KEYAUDIT_DEMO_GITHUB'] ?? '-');

interface Wish {
  readonly change?: Partial<RemoteRepository>;
  readonly include?: object;
  /** What is known of the list of pull requests. */
  readonly pulls?: string | undefined;
}

interface Mirrored {
  readonly path: string;
  /** Of git, to the server. */
  readonly requests: number;
  /** Why it could not be had. */
  readonly reason: string | undefined;
}

async function mirror({ change = {}, include = {}, pulls }: Wish = {}): Promise<Mirrored> {
  const before = gitRequests();
  const { targets, coverage } = await mirrorRepositories(
    {
      entry: githubEntry({ apiUrl: sandbox.urls.github, include: { wikis: false, ...include } }),
      token: token(),
      repositories: listed
        .filter(({ name }) => name === 'fjordlight/live-studio')
        .map((repository) => ({ ...repository, ...change })),
      directory,
      concurrency: 1,
      env: {},
      watchPulls: () => Promise.resolve(pulls),
    },
    githubContext(),
  );
  return { path: targets[0]?.path ?? '', requests: gitRequests() - before, reason: coverage[0]?.reason };
}

const gitRequests = (): number => sandbox.log.entries().filter(({ service }) => service === 'git').length;

const git = (path: string, ...args: readonly string[]): string =>
  execFileSync('git', ['--git-dir', path, ...args], { encoding: 'utf8' }).trim();

const served = (): string => join(sandbox.repositories, 'fjordlight/live-studio.git');

const objectsOf = (path: string): readonly string[] =>
  git(path, 'cat-file', '--batch-all-objects', '--batch-check=%(objectname)').split('\n').toSorted();

/** A commit that only `branch` leads to, with the current tree of main. */
function commitOn(branch: string): string {
  const identity = {
    GIT_AUTHOR_NAME: 'a',
    GIT_AUTHOR_EMAIL: 'a@a',
    GIT_COMMITTER_NAME: 'a',
    GIT_COMMITTER_EMAIL: 'a@a',
  };
  const args = ['--git-dir', served(), 'commit-tree', 'main^{tree}', '-p', 'main', '-m', branch];
  const id = execFileSync('git', args, { encoding: 'utf8', env: { ...process.env, ...identity } }).trim();
  git(served(), 'update-ref', `refs/heads/${branch}`, id);
  return id;
}

describe('a mirror that is kept between runs', () => {
  it.each<[string, Wish]>([
    ['is archived', { change: { archived: true } }],
    ['was not pushed to, and its pull requests are not wanted', { include: { pullRequests: false } }],
  ])('asks the server nothing when the repository %s', async (_what, wish) => {
    expect((await mirror(wish)).requests).toBeGreaterThan(0);
    expect((await mirror(wish)).requests).toBe(0);
  });

  it('asks the server nothing when the list of pull requests is what it was before the last fetch', async () => {
    const requests = async (pulls: string | undefined, change = {}) =>
      (await mirror({ pulls, change })).requests > 0;
    const [one, two] = ['1'.repeat(64), '2'.repeat(64)];
    // Where nobody knows what the list was before the first fetch, the next run asks again.
    expect([await requests(undefined), await requests(one)]).toEqual([true, true]);
    expect([await requests(one), await requests(one)]).toEqual([false, false]);
    expect([await requests(two), await requests(two)]).toEqual([true, false]);
    expect([await requests(undefined), await requests(undefined)]).toEqual([true, true]);
    await requests(two);
    expect(await requests(two, { pushedAt: '2026-11-20T00:00:00Z' })).toBe(true);
  });

  it('asks nothing for a gist that was not changed', async () => {
    const change = { kind: 'gist', pushedAt: '2026-11-20T00:00:00Z' } as const;
    expect((await mirror({ change })).requests).toBeGreaterThan(0);
    expect((await mirror({ change })).requests).toBe(0);
  });

  it('asks once about a wiki, of which nobody tells whether it was changed', async () => {
    const change = { kind: 'wiki', pushedAt: undefined } as const;
    expect((await mirror({ change })).requests).toBe(2);
    expect((await mirror({ change })).requests).toBe(1);
  });

  it.each<[string, Wish]>([
    [
      'something was pushed',
      { change: { pushedAt: '2026-11-20T00:00:00Z' }, include: { pullRequests: false } },
    ],
    ['pull requests are wanted now', {}],
    ['GitHub does not tell when', { change: { pushedAt: undefined }, include: { pullRequests: false } }],
  ])('asks the server when %s', async (_what, wish) => {
    await mirror({ include: { pullRequests: false } });
    expect((await mirror(wish)).requests).toBeGreaterThan(0);
  });

  it('takes what is new, and nothing twice', async () => {
    const { path } = await mirror();
    const before = objectsOf(path).length;
    const added = commitOn('next');
    await mirror();
    expect(objectsOf(path)).toContain(added);
    expect(objectsOf(path).length).toBe(before + 1);
    expect(readdirSync(join(path, 'objects/pack')).filter((name) => name.endsWith('.pack'))).toHaveLength(2);
  });

  it('holds what a new clone would hold, after a branch was pushed over and another one removed', async () => {
    const [over, gone] = [commitOn('over'), commitOn('gone')];
    const { path } = await mirror();
    expect(objectsOf(path)).toEqual(expect.arrayContaining([over, gone]));
    git(served(), 'update-ref', 'refs/heads/over', 'main');
    git(served(), 'update-ref', '-d', 'refs/heads/gone');
    await mirror();
    const kept = objectsOf(path);
    rmSync(directory, { recursive: true });
    expect(kept).toEqual(objectsOf((await mirror()).path));
    expect(kept).not.toContain(gone);
  });

  it('goes on where a killed run left locks, half packs and no state', async () => {
    const { path } = await mirror();
    const pack = readdirSync(join(path, 'objects/pack')).find((name) => name.endsWith('.pack')) ?? '';
    const left = [
      'packed-refs.lock',
      'HEAD.lock',
      'objects/pack/tmp_pack_x',
      `objects/pack/${pack.slice(0, -5)}.keep`,
    ];
    for (const file of left) writeFileSync(join(path, file), '');
    rmSync(join(path, 'keyaudit-state.json'));
    const added = commitOn('next');
    await mirror();
    expect(objectsOf(path)).toContain(added);
    expect(left.filter((file) => existsSync(join(path, file)))).toEqual([]);
  });

  it('is made anew when git cannot work with it any more', async () => {
    const { path } = await mirror();
    const objects = objectsOf(path);
    writeFileSync(join(path, 'config'), 'no configuration');
    await mirror({ change: { pushedAt: '2026-11-20T00:00:00Z' } });
    expect(objectsOf(path)).toEqual(objects);
  });

  it('keeps what it has while the server fails, and says that it failed', async () => {
    const { path } = await mirror();
    sandbox.fail('git', '500');
    expect((await mirror()).reason).toContain('the server failed');
    expect(objectsOf(path).length).toBeGreaterThan(0);
  });
});
