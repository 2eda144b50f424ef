import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeKey } from '../../src/sandbox/fake-keys.js';

const MAIN = join(import.meta.dirname, '../../dist/cli/main.js');
const PATTERN = '/proc/sys/kernel/core_pattern';
/** Core files that are given to a program, or go elsewhere, are not ours to look at. */
const landsHere =
  existsSync(PATTERN) &&
  /^[^|/]/.test(readFileSync(PATTERN, 'latin1')) &&
  execFileSync('bash', ['-c', 'ulimit -Hc'], { encoding: 'utf8' }).trim() === 'unlimited';
const CANARY = fakeKey('vidbeo', 'sealed memory');

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sealed-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Waits for a key on standard input, holds one in its environment, and leaves a core file where it may. */
function startWaiting(args: readonly string[]): ChildProcess {
  return spawn('bash', ['-c', 'ulimit -c unlimited; exec "$0" "$@"', process.execPath, ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'], API_KEY: CANARY },
    stdio: ['pipe', 'ignore', 'ignore'],
  });
}

const end = (child: ChildProcess, signal: NodeJS.Signals): Promise<unknown> =>
  new Promise((resolve) => {
    child.on('exit', resolve);
    child.kill(signal);
  });

const coreFile = (): string | undefined => {
  const name = readdirSync(folder).find((file) => file.startsWith('core'));
  return name === undefined ? undefined : readFileSync(join(folder, name), 'latin1');
};

describe.skipIf(!landsHere || !existsSync(MAIN))('the core file of a run that crashes', () => {
  it('holds no memory, and so no key', async () => {
    const child = startWaiting([MAIN, 'fingerprint']);
    const filter = `/proc/${child.pid}/coredump_filter`;
    await vi.waitFor(() => expect(readFileSync(filter, 'latin1').trim()).toBe('00000000'), 10_000);
    await end(child, 'SIGABRT');
    expect(coreFile()).toBeDefined();
    expect(coreFile()).not.toContain(CANARY);
  });

  it('would hold the key otherwise', async () => {
    const child = startWaiting(['-e', 'process.stdin.resume()']);
    await vi.waitFor(() =>
      expect(readFileSync(`/proc/${child.pid}/cmdline`, 'latin1')).not.toContain('ulimit'),
    );
    await delay(200);
    await end(child, 'SIGABRT');
    expect(coreFile()).toContain(CANARY);
  });
});
