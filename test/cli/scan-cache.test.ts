import { spawn } from 'node:child_process';
import { cp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands/index.js';
import { run } from '../../src/cli/run.js';
import { fakeKey } from '../../src/sandbox/fake-keys.js';
import { buildWalker } from '../support/built-walker.js';
import { findCanaries, readAllFiles } from '../support/canaries.js';
import { GitRepository } from '../support/git-repository.js';
import { createTestShell, type TestShell } from '../support/test-shell.js';

const KEYS = [fakeKey('cognitive3d', 'scan-cache-1'), fakeKey('cognitive3d', 'scan-cache-2')];
const MAIN = join(import.meta.dirname, '../../dist/cli/main.js');
const DAY = ['--as-of', '2026-11-01'];

let shell: TestShell;
let repositories: readonly GitRepository[];

beforeAll(buildWalker);
beforeEach(async () => {
  shell = await createTestShell();
  repositories = ['one', 'two', 'three'].map((name, i) => {
    const repository = new GitRepository(join(shell.folder, name));
    repository.write('a.txt', `${name}\n`).commit();
    repository.write(`${KEYS[i] ?? 'plain'}/key.txt`, `key: ${KEYS[i] ?? 'none'}\n`).commit();
    repository.git('repack', '-a', '-d', '--quiet');
    return repository;
  });
});
afterEach(() => shell.clean());

interface Scanned {
  readonly code: number;
  readonly report: string;
  /** By repository. */
  readonly scannedNow: Readonly<Record<string, number>>;
}

async function leaks(...more: readonly string[]): Promise<Scanned> {
  const before = shell.said.progress.length;
  const argv = ['leaks', 'one', 'two', 'three', '--out', 'out', '--format', 'json', ...DAY, ...more];
  const code = await run(argv, COMMANDS, shell);
  const said = shell.said.progress.slice(before);
  const told = [...said.matchAll(/^(\w+): \d+ objects, (\d+) of them scanned now$/gm)];
  return {
    code,
    report: await readFile(join(shell.folder, 'out/keyaudit.json'), 'utf8'),
    scannedNow: Object.fromEntries(told.map(([, name = '', count]) => [name, Number(count)])),
  };
}

const CACHED = ['--cache-dir', 'cache'];
const NOTHING = { one: 0, two: 0, three: 0 };
const scans = (): string => join(shell.folder, 'cache/scans-1');

/** Changes every remembered file of a kind. */
async function damage(isOf: (name: string) => boolean, change: (bytes: Buffer) => Buffer): Promise<void> {
  const names = (await readdir(scans())).filter(isOf);
  expect(names.length).toBeGreaterThan(0);
  for (const name of names) {
    const path = join(scans(), name);
    await writeFile(path, change(await readFile(path)));
  }
}

describe('keyaudit leaks --cache-dir', () => {
  it('tells the same as without, and scans nothing twice', async () => {
    const plain = await leaks();
    const first = await leaks(...CACHED);
    const second = await leaks(...CACHED);
    expect([first, second].map(({ code, report }) => ({ code, report }))).toEqual([
      { code: plain.code, report: plain.report },
      { code: plain.code, report: plain.report },
    ]);
    expect(plain.code).toBe(1);
    expect(first.scannedNow).toEqual(plain.scannedNow);
    expect(second.scannedNow).toEqual(NOTHING);
  });

  it('scans of a repository that changed what is new', async () => {
    await leaks(...CACHED);
    repositories[1]?.write('b.txt', `again ${KEYS[1] ?? ''}`).commit();
    const { report, scannedNow } = await leaks(...CACHED);
    // A blob, the tree and the commit.
    expect(scannedNow).toEqual({ one: 0, two: 3, three: 0 });
    expect(report).toBe((await leaks()).report);
  });

  it('looks in all of a repository for a string that is met in it for the first time, and once', async () => {
    await leaks(...CACHED);
    repositories[1]?.write('b.txt', KEYS[0] ?? '').commit();
    const { report, scannedNow } = await leaks(...CACHED);
    expect(scannedNow).toEqual({ one: 0, two: 10, three: 0 });
    expect(report).toBe((await leaks()).report);
    expect((await leaks(...CACHED)).scannedNow).toEqual(NOTHING);
  });

  it('remembers no key, no path and no repository, for this user alone', async () => {
    await leaks(...CACHED);
    const files = await readAllFiles(scans());
    expect(findCanaries(KEYS, files)).toEqual([]);
    for (const text of Object.values(files)) expect(text).not.toMatch(/key\.txt|kf1:|orgkey/);
    expect(Object.keys(files).join()).not.toMatch(/one|two|three/);
    expect((await stat(scans())).mode & 0o777).toBe(0o700);
    for (const name of Object.keys(files)) expect((await stat(join(scans(), name))).mode & 0o777).toBe(0o600);
  });

  it.each<[string, (name: string) => boolean, (bytes: Buffer) => Buffer]>([
    ['cut off', (name) => name !== 'key', (bytes) => bytes.subarray(0, bytes.length >> 1)],
    ['empty', (name) => name !== 'key', () => Buffer.alloc(0)],
    ['one bit off', (name) => name.endsWith('.scan'), (bytes) => flipped(bytes, bytes.length - 9)],
    ['one bit off in its objects', (name) => name.includes('.objects-'), (bytes) => flipped(bytes, 30)],
    ['sealed with another key', (name) => name === 'key', (bytes) => flipped(bytes, 3)],
    ['without its key', (name) => name === 'key', () => Buffer.alloc(0)],
  ])('scans anew where what is remembered is %s', async (_what, isOf, change) => {
    const { report } = await leaks(...CACHED);
    await damage(isOf, change);
    for (const repository of repositories) repository.write('c.txt', 'new').commit();
    const plain = await leaks();
    expect(plain.report).not.toBe(report);
    expect((await leaks(...CACHED)).report).toBe(plain.report);
    expect((await leaks(...CACHED)).scannedNow).toEqual(NOTHING);
  });

  it('throws away what another version remembered, and leaves everything else alone', async () => {
    await leaks(...CACHED);
    const old = join(shell.folder, 'cache/scans-0');
    await cp(scans(), old, { recursive: true });
    await writeFile(join(shell.folder, 'cache/unrelated'), '');
    await leaks(...CACHED);
    expect((await readdir(join(shell.folder, 'cache'))).toSorted()).toEqual(['scans-1', 'unrelated']);
  });

  it('goes on without where the folder cannot be used', async () => {
    await writeFile(join(shell.folder, 'cache'), 'a file');
    expect((await leaks(...CACHED)).report).toBe((await leaks()).report);
    expect(shell.said.err).toContain('cannot be used');
  });

  it('is shared by processes that run at the same time', async () => {
    const plain = await leaks();
    const codes = await Promise.all([0, 1, 2].map((i) => runProcess(`out${i}`)));
    expect(codes).toEqual([1, 1, 1]);
    for (const i of [0, 1, 2]) expect(await reportIn(`out${i}`)).toBe(plain.report);
    expect((await leaks(...CACHED)).report).toBe(plain.report);
  });

  it('goes on after a run that was interrupted, and scans no repository again that was done', async () => {
    const stopped = await createTestShell();
    const noticed = { ...stopped.progress };
    const interrupting = {
      ...stopped,
      cwd: shell.folder,
      progress: {
        ...noticed,
        detail: (text: string) => (text.startsWith('two:') ? stopped.interrupt() : noticed.detail(text)),
      },
    };
    const argv = ['leaks', 'one', 'two', 'three', '--quiet', ...CACHED];
    expect(await run(argv, COMMANDS, interrupting)).toBe(130);
    await stopped.clean();
    const { scannedNow, report } = await leaks(...CACHED);
    expect(scannedNow).toMatchObject({ one: 0, three: 7 });
    expect(report).toBe((await leaks()).report);
  });

  it('survives being killed at any moment', async () => {
    const plain = await leaks();
    for (const afterMs of [150, 260, 370]) {
      await runProcess('killed', afterMs);
      expect((await leaks(...CACHED)).report).toBe(plain.report);
      await rm(scans(), { recursive: true, force: true });
    }
  });
});

const flipped = (bytes: Buffer, at: number): Buffer => {
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return bytes;
};

const reportIn = (out: string): Promise<string> => readFile(join(shell.folder, out, 'keyaudit.json'), 'utf8');

/** The same scan in a process of its own, killed after a while if asked. Answers its exit code. */
async function runProcess(out: string, killAfterMs?: number): Promise<number | null> {
  const argv = [MAIN, 'leaks', 'one', 'two', 'three', '--quiet', '--out', out, '--format', 'json', ...DAY];
  const child = spawn(process.execPath, [...argv, ...CACHED], { cwd: shell.folder, stdio: 'ignore' });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  if (killAfterMs !== undefined) {
    await Promise.race([ended, delay(killAfterMs)]);
    child.kill('SIGKILL');
  }
  return ended;
}
