import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createGuard } from '../../src/cli/guard.js';
import type { Shell } from '../../src/cli/shell.js';
import { writeWhole } from '../../src/cli/write-whole.js';

export interface TestShell extends Shell {
  readonly folder: string;
  /** Results, messages and progress, as they came. */
  readonly said: { out: string; err: string; progress: string };
  readonly interrupt: () => void;
  readonly clean: () => Promise<void>;
}

export interface TestShellOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** Milliseconds since 1970 that the clock shows, without moving; the real time by default. */
  readonly nowMs?: number;
  /** Leaves the last guard out, to see that no part relies on it. */
  readonly unguarded?: boolean;
}

/** A shell in a folder of its own, whose output a test can read. */
export async function createTestShell(options: TestShellOptions = {}): Promise<TestShell> {
  const folder = await mkdtemp(join(tmpdir(), 'keyaudit-test-'));
  const controller = new AbortController();
  const said = { out: '', err: '', progress: '' };
  const guard = createGuard();
  const redact = (text: string): string => (options.unguarded === true ? text : guard.redact(text));
  const inFolder = (path: string): string => (isAbsolute(path) ? path : resolve(folder, path));
  const tell = (message: string): void => {
    said.progress += `${redact(message)}\n`;
  };
  return {
    folder,
    said,
    interrupt: () => controller.abort(new Error('interrupted')),
    clean: () => rm(folder, { recursive: true, force: true }),
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', ...options.env },
    clock: {
      now: () => options.nowMs ?? Date.now(),
      sleep: (ms, signal) => delay(ms, undefined, { signal }),
    },
    signal: controller.signal,
    progress: { note: tell, detail: tell },
    columns: undefined,
    color: false,
    hyperlinks: false,
    print: (text) => void (said.out += `${redact(text)}\n`),
    warn: (text) => void (said.err += `${redact(text)}\n`),
    readInput: async () => options.input ?? '',
    protect: guard.protect,
    writeFile: (path, content) =>
      writeWhole(inFolder(path), options.unguarded === true ? piecesOf(content) : guard.redactAll(content)),
    appendFile: (path, text) => appendFile(inFolder(path), redact(text)),
    makeTempFolder: () => mkdtemp(join(folder, 'temp-')),
  };
}

const piecesOf = (content: string | Iterable<string>): Iterable<string> =>
  typeof content === 'string' ? [content] : content;
