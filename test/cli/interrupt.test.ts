import { spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { zipOf } from '../support/archives.js';
import { temporaryFolder } from '../support/git-repository.js';

const MAIN = join(import.meta.dirname, '../../dist/cli/main.js');

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'interrupt-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

interface Ending {
  readonly code: number | null;
  readonly afterMs: number;
  readonly progress: string;
}

/** Runs a command with a temporary folder of its own, and interrupts it some time after its progress says a word. */
function interruptAt(word: string, args: readonly string[], waitMs = 0): Promise<Ending> {
  const child = spawn(process.execPath, [MAIN, ...args, '--out', join(folder, 'reports')], {
    env: { PATH: process.env['PATH'], TMPDIR: folder },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  return new Promise((resolve) => {
    let progress = '';
    let interruptedAt = 0;
    child.stderr.on('data', (chunk: Buffer) => {
      progress += chunk.toString();
      if (interruptedAt !== 0 || !progress.includes(word)) return;
      interruptedAt = Date.now() + waitMs;
      setTimeout(() => child.kill('SIGINT'), waitMs);
    });
    child.on('exit', (code) => resolve({ code, afterMs: Date.now() - interruptedAt, progress }));
  });
}

/** A machine that is busy with something else is late by itself, now and then: one try of three must be in time. */
const TRIES = { timeout: 60_000, retry: 2 };

// The program as it is shipped: `npm run build` makes it, and `npm run check` builds before it tests.
describe.skipIf(!existsSync(MAIN))('an interrupt', () => {
  it.each(['Starting the sandbox', 'video-prod: 40 projects', 'Looking for'])(
    'ends with 130 within two seconds and leaves nothing behind: at "%s"',
    TRIES,
    async (word) => {
      const { code, afterMs, progress } = await interruptAt(word, ['demo']);
      expect(progress).toContain(word);
      expect(code).toBe(130);
      expect(afterMs).toBeLessThan(2000);
      expect(await readdir(folder)).toEqual([]);
    },
  );

  it('ends as soon while an archive is looked through that takes many seconds', TRIES, async () => {
    // Nothing but keywords: twelve files of 8 MiB, the most that may be packed into nearly nothing.
    const content = Buffer.alloc(8 * 1024 * 1024, 'api.video apiKey: cognitive3d ');
    const files = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`f${i}`, content]));
    const target = temporaryFolder();
    // One alone takes a second or several, several more than that on any machine.
    const zip = zipOf(files);
    for (let i = 0; i < 6; i += 1) writeFileSync(join(target, `slow-${i}.zip`), zip);
    const { code, afterMs } = await interruptAt('Looking for', ['leaks', target], 400);
    expect(code).toBe(130);
    expect(afterMs).toBeLessThan(2000);
    expect(await readdir(folder)).toEqual([]);
  });
});
