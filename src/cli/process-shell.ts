import { appendFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { createGuard } from './guard.js';
import { visible } from '../reports/escape/visible.js';
import { neutralLine } from '../reports/escape/workflow-command.js';
import { writeWhole } from './write-whole.js';
import type { Shell } from './shell.js';
import type { TempFolders } from './temp-folders.js';

const MAX_INPUT_BYTES = 65_536;

export interface ShellOptions {
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly color: boolean;
  readonly hyperlinks: boolean;
  readonly signal: AbortSignal;
  readonly temp: TempFolders;
}

/** The time at the start, and what has passed since: a clock that somebody sets meanwhile moves no limit. */
const now = (): number => performance.timeOrigin + performance.now();

/** The shell of a real process. */
export function createProcessShell(options: ShellOptions): Shell {
  const guard = createGuard();
  const { stdout, stderr } = process;
  const line = createProgressLine(stderr);
  const tell = (message: string): void => {
    if (!options.quiet) line.show(plainText(guard.redact(message)));
  };
  return {
    cwd: process.cwd(),
    env: process.env,
    clock: {
      now,
      sleep: (ms, signal) => delay(ms, undefined, { signal }),
    },
    signal: options.signal,
    progress: {
      note: tell,
      detail: stderr.isTTY || options.verbose ? tell : () => undefined,
    },
    columns: stdout.isTTY ? stdout.columns : undefined,
    color: options.color,
    hyperlinks: options.hyperlinks,
    print(text) {
      line.clear();
      stdout.write(`${guard.redact(text)}\n`);
    },
    warn(text) {
      line.clear();
      stderr.write(`${plainText(guard.redact(text))}\n`);
    },
    readInput,
    protect: guard.protect,
    writeFile: (path, content) => writeWhole(path, guard.redactAll(content)),
    appendFile: (path, text) => appendFile(path, guard.redact(text)),
    makeTempFolder: () => options.temp.make(),
  };
}

/** Messages hold names that strangers chose: nothing in them may drive a terminal or a CI runner. */
const plainText = (text: string): string =>
  text
    .split('\n')
    .map((line) => neutralLine(visible(line)))
    .join('\n');

interface ProgressLine {
  show(text: string): void;
  clear(): void;
}

/** On a terminal, one line that is written over; else plain lines, each once. */
function createProgressLine(stream: NodeJS.WriteStream): ProgressLine {
  let shown = '';
  return {
    show(text) {
      if (text === shown) return;
      shown = text;
      const width = Math.max(20, (stream.columns ?? 80) - 1);
      stream.write(stream.isTTY ? `\r\x1b[2K${text.replaceAll('\n', ' ').slice(0, width)}` : `${text}\n`);
    },
    clear() {
      if (stream.isTTY && shown !== '') stream.write('\r\x1b[2K');
      shown = '';
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
