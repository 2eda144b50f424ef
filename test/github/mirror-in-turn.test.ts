import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Secret } from '../../src/core/secret.js';
import { folderBytes } from '../../src/github/disk-room.js';
import { listRepositories } from '../../src/github/list-repositories.js';
import { mirrorInTurn } from '../../src/github/mirror-in-turn.js';
import { mirrorRepositories } from '../../src/github/mirror-repositories.js';
import type { RemoteRepository } from '../../src/github/remote-repository.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/start-sandbox.js';
import { githubContext, githubEntry } from '../support/github-context.js';

let sandbox: Sandbox;
let directory: string;
let listed: readonly RemoteRepository[];
/** By name, as they are on disk. */
let sizes: ReadonlyMap<string, number>;

beforeAll(async () => {
  sandbox = await startSandbox();
  const entry = githubEntry({ apiUrl: sandbox.urls.github, orgs: ['fjordlight'] });
  const { repositories } = await listRepositories({ entry, token: token() }, context());
  listed = repositories.filter(({ disabled }) => !disabled).slice(0, 8);
  directory = mkdtempSync(join(tmpdir(), 'keyaudit-turn-'));
  const { targets } = await mirrorRepositories({ ...request(), repositories: listed, watchPulls }, context());
  const measured = targets.map(async ({ name, path }) => [name, await folderBytes(path)] as const);
  sizes = new Map(await Promise.all(measured));
  rmSync(directory, { recursive: true });
}, 60_000);
afterAll(() => sandbox.close());
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'keyaudit-turn-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const token = (): Secret => Secret.of(sandbox.credentials['KEYAUDIT_DEMO_GITHUB'] ?? '-');
const context = () => ({
  ...githubContext(),
  clock: {
    now: () => 0,
    sleep: (ms: number, signal: AbortSignal) => delay(ms, undefined, { signal }),
  },
});
const request = () => ({
  entry: githubEntry({ apiUrl: sandbox.urls.github, include: { wikis: false } }),
  token: token(),
  directory,
  concurrency: 3,
  env: {},
});

interface Turn {
  /** Those that need not be on the disk. */
  readonly gone: readonly string[];
  readonly names: readonly string[];
  /** The most that was on the disk while something was scanned. */
  readonly most: number;
  readonly reasons: Readonly<Record<string, string | undefined>>;
}

type IsSilent = (path: string, version: string) => Promise<boolean>;
const NEVER: IsSilent = async () => false;
/** Nothing moves in pull requests. */
const watchPulls = async (): Promise<string> => '1'.repeat(64);

async function inTurn(
  maxBytes: number,
  repositories: readonly RemoteRepository[],
  isSilent = NEVER,
): Promise<Turn> {
  const room = { directory, maxBytes };
  const { targets, coverage } = mirrorInTurn({ ...request(), repositories, room, watchPulls }, context());
  const gone: string[] = [];
  const names: string[] = [];
  let most = 0;
  for await (const { name, path, passing } of targets(isSilent)) {
    expect(existsSync(join(path, 'HEAD')), name).toBe(passing?.isGone !== true);
    if (passing?.isGone === true) gone.push(name);
    names.push(name);
    most = Math.max(most, await folderBytes(directory));
  }
  const reasons = Object.fromEntries(coverage().map(({ source, reason }) => [source, reason]));
  return { names: names.toSorted(), gone: gone.toSorted(), most, reasons };
}

const sizeKib = (name: string): number => Math.ceil((sizes.get(name) ?? 0) / 1024);
const honest = (): RemoteRepository[] =>
  listed.map((repository) => ({ ...repository, sizeKib: sizeKib(repository.name) }));

describe('mirrors that share a bounded disk', () => {
  it('are all made, one group after another, and no more is on the disk than may be', async () => {
    const largest = Math.max(...sizes.values());
    const maxBytes = largest * 2;
    const { names, most, reasons } = await inTurn(maxBytes, honest());
    expect(names).toEqual([...sizes.keys()].toSorted());
    expect(most).toBeLessThanOrEqual(maxBytes);
    expect([...sizes.values()].reduce((sum, size) => sum + size)).toBeGreaterThan(maxBytes);
    expect(reasons).toEqual({});
  });

  it('stay where there is room for all', async () => {
    const { most } = await inTurn(1024 ** 3, honest());
    expect(await folderBytes(directory)).toBe(most);
    expect(most).toBe([...sizes.values()].reduce((sum, size) => sum + size));
  });

  it('are made one by one where GitHub tells too small sizes', async () => {
    const maxBytes = Math.max(...sizes.values()) * 1.5;
    const lying = listed.map((repository) => ({ ...repository, sizeKib: 0 }));
    const { names, most, reasons } = await inTurn(maxBytes, lying);
    expect(names).toEqual([...sizes.keys()].toSorted());
    expect(most).toBeLessThanOrEqual(maxBytes);
    expect(reasons).toEqual({});
  });

  it('are told as failed where one alone is too large, and nothing of it stays', async () => {
    const smallest = Math.min(...sizes.values());
    const small = [...sizes.keys()].find((name) => sizes.get(name) === smallest);
    const { names, reasons } = await inTurn(smallest + 16, honest());
    expect(names).toContain(small);
    const others = [...sizes.keys()].filter((name) => !names.includes(name));
    expect(others.length).toBeGreaterThan(0);
    expect(Object.keys(reasons)).toEqual(others.toSorted());
    for (const name of others) expect(reasons[name]).toContain('--max-disk');
    expect(await folderBytes(directory)).toBeLessThanOrEqual(smallest + 16);
  });
});

describe('mirrors that were dropped to make room', () => {
  const small = (): number => Math.max(...sizes.values()) * 1.2;
  const always: IsSilent = async () => true;
  const gitRequests = (): number => sandbox.log.entries().filter(({ service }) => service === 'git').length;

  it('are not brought again while nothing moves and nothing was found in them', async () => {
    const first = await inTurn(small(), honest());
    const before = gitRequests();
    const second = await inTurn(small(), honest(), always);
    expect(second.names).toEqual(first.names);
    expect(second.gone.length).toBeGreaterThan(3);
    expect(gitRequests()).toBe(before);
  });

  it.each<[string, IsSilent, Partial<RemoteRepository>]>([
    ['something was found in them', NEVER, {}],
    ['something was pushed since', always, { pushedAt: '2026-11-20T00:00:00Z' }],
    ['another branch is the default now', always, { defaultBranch: 'other' }],
    ['nobody tells when something was pushed', always, { pushedAt: undefined }],
  ])('are brought again where %s', async (_what, isSilent, change) => {
    await inTurn(small(), honest());
    const changed = honest().map((repository) => ({ ...repository, ...change }));
    const { names, gone } = await inTurn(small(), changed, isSilent);
    expect(names).toEqual([...sizes.keys()].toSorted());
    expect(gone).toEqual([]);
  });

  it('are known by the version that was scanned', async () => {
    const scanned = new Map<string, string>();
    const room = { directory, maxBytes: small() };
    const wanted = { ...request(), repositories: honest(), room, watchPulls };
    for await (const { path, passing } of mirrorInTurn(wanted, context()).targets(NEVER))
      scanned.set(path, passing?.version ?? '');
    const isSilent: IsSilent = async (path, version) => scanned.get(path) === version;
    expect((await inTurn(small(), honest(), isSilent)).gone.length).toBeGreaterThan(3);
    const pushed = honest().map((one) => ({ ...one, pushedAt: '2026-11-20T00:00:00Z' }));
    // Fetched anew, and dropped before anybody looked through it.
    await inTurn(small(), pushed);
    expect((await inTurn(small(), pushed, isSilent)).gone).toEqual([]);
  });
});
