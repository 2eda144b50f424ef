import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acquireLock } from '../../src/cli/folder-lock.js';

const CLOCK = { now: () => Date.now() };

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyaudit-lock-'));
  path = join(folder, 'cache/lock');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const heldBy = (owner: object, hoursAgo = 0): void => {
  mkdirSync(join(folder, 'cache'));
  writeFileSync(path, JSON.stringify(owner));
  const at = new Date(Date.now() - hoursAgo * 3_600_000);
  utimesSync(path, at, at);
};

/** The number of a process that has ended. */
const endedPid = (): number =>
  Number(
    execFileSync(process.execPath, ['--eval', 'process.stdout.write(String(process.pid))'], {
      encoding: 'utf8',
    }),
  );

describe('the lock of a folder', () => {
  it('is had by one, and by the next when it is let go of', async () => {
    const release = await acquireLock(path, CLOCK);
    expect(release).toBeDefined();
    await release?.();
    expect(existsSync(path)).toBe(false);
    expect(await acquireLock(path, CLOCK)).toBeDefined();
  });

  it('is had by one only of many that find it left behind at once', async () => {
    heldBy({ host: hostname(), pid: endedPid() });
    const releases = await Promise.all(Array.from({ length: 20 }, () => acquireLock(path, CLOCK)));
    expect(releases.filter((release) => release !== undefined)).toHaveLength(1);
    expect(readdirSync(join(folder, 'cache'))).toEqual(['lock']);
  });

  it.each([
    ['a process that is alive', { host: hostname(), pid: process.ppid }, 0],
    ['another machine', { host: 'elsewhere', pid: 1 }, 1],
    ['nobody knows whom', {}, 1],
  ])('is not taken from %s', async (_who, owner, hoursAgo) => {
    heldBy(owner, hoursAgo);
    expect(await acquireLock(path, CLOCK)).toBeUndefined();
  });

  it.each([
    ['a process that was killed', () => ({ host: hostname(), pid: endedPid() }), 0],
    [
      'an earlier process with our own number, as in a container',
      () => ({ host: hostname(), pid: process.pid }),
      0,
    ],
    ['another machine that must be gone', () => ({ host: 'elsewhere', pid: 1 }), 13],
  ])('is taken over from %s', async (_who, owner, hoursAgo) => {
    heldBy(owner(), hoursAgo);
    expect(await acquireLock(path, CLOCK)).toBeDefined();
  });
});
