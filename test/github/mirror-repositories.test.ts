import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Secret } from '../../src/core/secret.js';
import { listRepositories } from '../../src/github/list-repositories.js';
import { mirrorEnvironment } from '../../src/github/mirror-environment.js';
import { type Mirrors, mirrorRepositories } from '../../src/github/mirror-repositories.js';
import type { RemoteRepository } from '../../src/github/remote-repository.js';
import { fakeKey } from '../../src/sandbox/fake-keys.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/start-sandbox.js';
import { githubContext, githubEntry } from '../support/github-context.js';
import { startScriptedServer } from '../support/scripted-server.js';

let sandbox: Sandbox;
let token: Secret;
let repositories: readonly RemoteRepository[];
let directory: string;

beforeAll(async () => {
  sandbox = await startSandbox();
  token = Secret.of(sandbox.credentials['KEYAUDIT_DEMO_GITHUB'] ?? '-');
  ({ repositories } = await listRepositories({ entry: entry(), token }, githubContext()));
});
afterAll(() => sandbox.close());
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'keyaudit-mirrors-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const entry = (include: object = {}): ReturnType<typeof githubEntry> =>
  githubEntry({ apiUrl: sandbox.urls.github, orgs: ['fjordlight'], include });

interface Wish {
  readonly names?: readonly string[];
  readonly include?: object;
  readonly with?: Secret | undefined;
  readonly change?: Partial<RemoteRepository>;
  readonly timeoutMs?: number;
}

function mirror({ names = ['support-portal'], include = {}, change = {}, ...wish }: Wish): Promise<Mirrors> {
  const chosen = repositories
    .filter(({ name }) => names.some((wanted) => name === `fjordlight/${wanted}`))
    .map((repository) => ({ ...repository, ...change }));
  const access = 'with' in wish ? wish.with : token;
  const request = {
    entry: entry(include),
    token: access,
    repositories: chosen,
    directory,
    concurrency: 2,
    env: {},
  };
  const limit = wish.timeoutMs === undefined ? {} : { timeoutMs: wish.timeoutMs };
  return mirrorRepositories({ ...request, ...limit }, githubContext());
}

const git = (path: string, ...args: readonly string[]): string =>
  execFileSync('git', ['--git-dir', path, ...args], { encoding: 'utf8' }).trim();

const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => join(folder, file))
    .filter((file) => statSync(file).isFile());

describe('mirroring repositories', () => {
  it('brings every ref, pull requests and tags included, and points HEAD at the default branch', async () => {
    const { targets, coverage } = await mirror({ names: ['support-portal', 'infra', 'live-studio'] });
    expect(coverage).toEqual([]);
    expect(targets.map(({ name }) => name)).toEqual([
      'fjordlight/infra',
      'fjordlight/live-studio',
      'fjordlight/support-portal',
    ]);
    const refs = targets.flatMap(({ path }) => git(path, 'for-each-ref', '--format=%(refname)').split('\n'));
    expect(refs).toEqual([
      'refs/heads/main',
      'refs/tags/v2.3.0',
      'refs/heads/main',
      'refs/heads/two-cameras',
      'refs/heads/main',
      'refs/pull/12/head',
    ]);
    expect(git(targets[1]?.path ?? '', 'rev-parse', 'HEAD')).toBe('7acd62f9d2840612deb4fbbd8a4d172f9bb94cec');
  });

  it('tells the scan where each repository is shown, and to whom', async () => {
    const { targets } = await mirror({});
    expect(targets).toMatchObject([
      { visibility: 'internal', webUrl: `${sandbox.urls.githubWeb}/fjordlight/support-portal` },
    ]);
  });

  it('leaves pull requests out where they are not wanted', async () => {
    const { targets } = await mirror({ include: { pullRequests: false } });
    expect(git(targets[0]?.path ?? '', 'for-each-ref', '--format=%(refname)')).toBe('refs/heads/main');
  });

  it('takes an empty repository as it is', async () => {
    const { targets, coverage } = await mirror({ names: ['vr-next'] });
    expect([targets.length, coverage]).toEqual([1, []]);
  });

  it('brings the wiki of a repository that has one, and points HEAD at its branch', async () => {
    const { targets, coverage } = await mirror({ names: ['academy'] });
    expect(coverage).toEqual([]);
    expect(targets.map(({ name, webUrl }) => [name, webUrl !== undefined])).toEqual([
      ['fjordlight/academy', true],
      ['fjordlight/academy.wiki', false],
    ]);
    expect(git(targets[1]?.path ?? '', 'ls-tree', '--name-only', 'HEAD')).toBe('Captions.md');
  });

  it('takes a wiki without a page for no wiki, and leaves out wikis that are not wanted', async () => {
    const without = await mirror({ names: ['infra'], change: { hasWiki: true } });
    expect([without.targets.length, without.coverage]).toEqual([1, []]);
    expect((await mirror({ names: ['academy'], include: { wikis: false } })).targets).toHaveLength(1);
  });

  it('brings gists, where they are wanted', async () => {
    const include = { gists: true };
    const wanted = githubEntry({ apiUrl: sandbox.urls.github, users: ['ines-okafor'], include });
    const listing = await listRepositories({ entry: wanted, token }, githubContext());
    expect(listing.repositories.map(({ kind }) => kind)).toEqual(['repository', 'gist']);
    const request = { ...listing, entry: wanted, token, directory, concurrency: 2, env: {} };
    const { targets } = await mirrorRepositories(request, githubContext());
    expect(git(targets[1]?.path ?? '', 'ls-tree', '--name-only', 'HEAD')).toBe('upload.py');
  });

  it('brings a mirror up to date without taking everything again, and drops refs that are gone', async () => {
    const [first] = (await mirror({})).targets;
    const path = first?.path ?? '';
    git(path, 'update-ref', 'refs/heads/gone', 'HEAD');
    const packs = readdirSync(join(path, 'objects/pack'));
    await mirror({});
    expect(git(path, 'for-each-ref', '--format=%(refname)')).not.toContain('gone');
    expect(readdirSync(join(path, 'objects/pack'))).toEqual(packs);
  });

  it('gives the token to the git that fetches, and to no other', async () => {
    const log = join(directory, 'log');
    const real = execFileSync('which', ['git'], { encoding: 'utf8' }).trim();
    const script = `#!/bin/sh\ncase "$(env)" in *Authorization*) token=yes;; *) token=no;; esac\necho "$2 $token" >> ${log}\nexec ${real} "$@"\n`;
    mkdirSync(join(directory, 'bin'));
    writeFileSync(join(directory, 'bin/git'), script, { mode: 0o755 });
    vi.stubEnv('PATH', `${join(directory, 'bin')}:${process.env['PATH'] ?? ''}`);
    await mirror({ names: ['support-portal'] });
    vi.unstubAllEnvs();
    const said = readFileSync(log, 'utf8').trim().split('\n');
    expect(said).toContain('fetch yes');
    expect(said).toContain('symbolic-ref no');
    expect(said.filter((line) => line.endsWith(' yes') && line !== 'fetch yes')).toEqual([]);
  });

  it('leaves the token in no file, no argument and no URL', async () => {
    const { targets } = await mirror({ names: ['support-portal', 'infra'] });
    const shapes = [token.reveal(), Buffer.from(`x-access-token:${token.reveal()}`).toString('base64')];
    const files = filesBelow(directory);
    expect(targets).toHaveLength(2);
    expect(files.length).toBeGreaterThan(4);
    const holding = files.filter((file) => shapes.some((shape) => readFileSync(file).includes(shape)));
    expect(holding).toEqual([]);
    const urls = sandbox.log.entries().map(({ url }) => url);
    expect(urls.filter((url) => shapes.some((shape) => url.includes(shape)))).toEqual([]);
  });

  it.each([
    ['the token is wrong', { with: Secret.of(fakeKey('github', 'wrong')) }, 'token'],
    ['there is no token', { with: undefined }, 'token'],
    ['it is locked', { change: { disabled: true } }, 'locked'],
    ['it does not answer in time', { timeoutMs: 1 }, 'did not end within'],
    [
      'its default branch has no name that git takes',
      { change: { defaultBranch: 'a..b' } },
      'default branch',
    ],
  ])('says so when a repository cannot be had because %s', async (_, wish: Wish, reason) => {
    const { targets, coverage } = await mirror(wish);
    expect(targets).toEqual([]);
    expect(coverage).toMatchObject([
      {
        source: 'fjordlight/support-portal',
        part: 'clone',
        status: 'failed',
        reason: expect.stringContaining(reason),
      },
    ]);
  });

  it('goes on with the others, and leaves nothing of the one that failed', async () => {
    sandbox.fail('git', '500');
    const failed = await mirror({ names: ['infra'] });
    sandbox.fail('git', undefined);
    expect(failed.coverage).toMatchObject([{ reason: expect.stringContaining('failed') }]);
    expect(filesBelow(directory)).toEqual([]);
    expect((await mirror({ names: ['infra', 'docs'] })).targets).toHaveLength(2);
  });

  it('ends at once when the run is interrupted, and leaves nothing half-made', async () => {
    const silent = await startScriptedServer({
      '/acme/web.git/info/refs?service=git-upload-pack': { hang: true },
    });
    const stop = new AbortController();
    const web = { kind: 'repository', name: 'acme/web', cloneUrl: `${silent.origin}/acme/web.git` } as const;
    const request = {
      entry: githubEntry({ apiUrl: silent.origin }),
      token,
      repositories: repositories.slice(0, 1).map((repository) => ({ ...repository, ...web })),
      directory,
      concurrency: 1,
      env: {},
    };
    const mirrors = mirrorRepositories(request, githubContext(stop.signal));
    setTimeout(() => stop.abort(new Error('by the user')), 300);
    const began = performance.now();
    await expect(mirrors).rejects.toThrow('by the user');
    expect(performance.now() - began).toBeLessThan(1_800);
    expect(filesBelow(directory)).toEqual([]);
    await silent.close();
  });

  it('does not take a pack that was cut off for a repository', async () => {
    sandbox.fail('git', 'cut-off');
    const { targets, coverage } = await mirror({});
    sandbox.fail('git', undefined);
    expect([targets, coverage.length]).toEqual([[], 1]);
  });
});

describe("git's environment for a GitHub", () => {
  const environment = mirrorEnvironment({
    origin: 'https://github.com',
    token: Secret.of(fakeKey('github', 'test')),
    env: { HTTPS_PROXY: 'http://proxy.example:3128', GITHUB_TOKEN: 'unrelated', HOME: '/nobodys/folder' },
  });

  it('binds the token to the one origin', () => {
    const index = Object.entries(environment).find(([, value]) => value.startsWith('http.https://'));
    expect(index?.[1]).toBe('http.https://github.com/.extraHeader');
  });

  it('bounds what git takes for one thing while it clones', () => {
    expect(environment['GIT_ALLOC_LIMIT']).toBe(String(2 ** 30));
    expect(Object.values(environment)).toContain('core.bigFileThreshold');
  });

  it('allows no transport but https', () => {
    expect(environment['GIT_ALLOW_PROTOCOL']).toBe('https');
  });

  it("passes on proxies, and nothing else of the user's environment", () => {
    expect(environment['HTTPS_PROXY']).toBe('http://proxy.example:3128');
    expect([environment['GITHUB_TOKEN'], environment['HOME']]).toEqual([undefined, undefined]);
  });
});
