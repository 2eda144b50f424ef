import type { Secret } from '../core/secret.js';
import type { Clock, Progress } from '../core/run-context.js';

/**
 * Everything that a command may touch of the world outside: the only place with standard streams, clock and file writes.
 * All text goes through the guard, which knows the secrets of this run and blots out every written form of them.
 */
export interface Shell {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly progress: Progress;
  /** Columns of the terminal that results are written to; undefined when it is none. */
  readonly columns: number | undefined;
  readonly color: boolean;
  /** Addresses may be written as links of the terminal. */
  readonly hyperlinks: boolean;
  /** Writes a result. */
  print(text: string): void;
  /** Writes a message for people. */
  warn(text: string): void;
  /** All of standard input, at most 64 KiB. */
  readInput(): Promise<string>;
  /** From now on, no output shows any of these. */
  readonly protect: (secrets: readonly Secret[]) => void;
  /** Writes a file whole or not at all; makes its folder. @param path absolute or relative to `cwd`. */
  writeFile(path: string, content: string | Iterable<string>): Promise<void>;
  /** Adds to a file that others write to as well, such as a CI runner's summary. @param path absolute or relative to `cwd`. */
  appendFile(path: string, text: string): Promise<void>;
  /** A new private folder that is removed when the command ends, however it ends. */
  makeTempFolder(): Promise<string>;
}
