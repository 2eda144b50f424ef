import { setTimeout as delay } from 'node:timers/promises';
import type { Progress } from '../core/run-context.js';
import { createGuard } from './guard.js';
import { cleanText } from './clean-text.js';
import { writeWhole } from './write-whole.js';
import type { Shell } from './shell.js';
import type { TempFolders } from './temp-folders.js';

const MAX_INPUT_BYTES = 65_536;

export interface ShellOptions {
  readonly quiet: boolean;
  readonly color: boolean;
  readonly signal: AbortSignal;
  readonly temp: TempFolders;
}

/** The shell of a real process. */
export function createProcessShell(options: ShellOptions): Shell {
  const guard = createGuard();
  const { stdout, stderr } = process;
  const say = (text: string): void => void stderr.write(`${guard.redact(text)}\n`);
  return {
    cwd: process.cwd(),
    env: process.env,
    clock: {
      now: () => Date.now(),
      sleep: async (ms, signal) => void (await delay(ms, undefined, { signal })),
    },
    signal: options.signal,
    progress: options.quiet ? { note: () => undefined } : createProgress(stderr, guard.redact),
    columns: stdout.isTTY ? stdout.columns : undefined,
    color: options.color,
    print: (text) => void stdout.write(`${guard.redact(text)}\n`),
    warn: say,
    readInput,
    protect: guard.protect,
    writeFile: (path, content) => writeWhole(path, guard.redactAll(content)),
    makeTempFolder: () => options.temp.make(),
  };
}

/** On a terminal, one line that is written over; else plain lines. */
function createProgress(stream: NodeJS.WriteStream, redact: (text: string) => string): Progress {
  return {
    note(message) {
      const text = cleanText(redact(message));
      if (!stream.isTTY) stream.write(`${text}\n`);
      else stream.write(`\r\x1b[2K${text.slice(0, Math.max(20, stream.columns - 1))}`);
    },
  };
}

async function readInput(): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin) {
    const bytes = Buffer.from(chunk as Buffer);
    size += bytes.length;
    if (size > MAX_INPUT_BYTES) break;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}
