import { existsSync } from 'node:fs';
import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openRepositoryCache } from '../../src/cli/repository-cache.js';
import { openScanCache } from '../../src/cli/scan-folder.js';
import { createTestShell, type TestShell } from '../support/test-shell.js';

const NOW = Date.parse('2026-11-01T00:00:00Z');
const DAY_MS = 86_400_000;

let shell: TestShell;
beforeEach(async () => {
  shell = await createTestShell({ nowMs: NOW });
});
afterEach(() => shell.clean());

async function used(daysAgo: number, ...path: readonly string[]): Promise<string> {
  const file = join(shell.folder, 'cache', ...path);
  const at = new Date(NOW - daysAgo * DAY_MS);
  await utimes(file, at, at);
  return file;
}

const OWNER = ['repositories-1', 'api.github.com', 'acme'] as const;

describe('what a cache keeps of repositories that are gone', () => {
  it('is thrown away when no run used it for 90 days: mirrors, and what is known of dropped ones', async () => {
    await mkdir(join(shell.folder, 'cache', ...OWNER), { recursive: true });
    const make = async (name: string, daysAgo: number): Promise<string> => {
      const path = join(shell.folder, 'cache', ...OWNER, name);
      if (name.endsWith('.git')) await mkdir(path);
      else await writeFile(path, '{}');
      return used(daysAgo, ...OWNER, name);
    };
    const old = [await make('old.git', 91), await make('gone.git.state.json', 91)];
    const kept = [
      await make('new.git', 89),
      await make('dropped.git.state.json', 89),
      // Whoever uses the mirror does not touch the file beside it.
      await make('both.git', 1),
      await make('both.git.state.json', 200),
      await make('notes', 400),
    ];
    await (await openRepositoryCache('cache', shell)).release();
    expect(old.map(existsSync)).toEqual([false, false]);
    expect(kept.map(existsSync)).toEqual(kept.map(() => true));
  });

  it('is thrown away of scans too, all that belongs to one at once', async () => {
    await openScanCache('cache', shell);
    const write = async (name: string, daysAgo: number): Promise<void> => {
      await writeFile(join(shell.folder, 'cache', 'scans-1', name), 'x');
      await used(daysAgo, 'scans-1', name);
    };
    const [a, b] = ['a'.repeat(24), 'b'.repeat(24)];
    await write(`${a}.scan`, 91);
    await write(`${a}.objects-1`, 300);
    await write(`${b}.silent`, 10);
    await write(`${b}.objects-1`, 300);
    await used(400, 'scans-1', 'key');
    await openScanCache('cache', shell);
    const left = await readdir(join(shell.folder, 'cache', 'scans-1'));
    expect(left.toSorted()).toEqual([`${b}.objects-1`, `${b}.silent`, 'key']);
  });
});
