import type { ExitCode } from '../core/errors/audit-error.js';
import type { FlagName } from './flags.js';
import type { Shell } from './shell.js';

/** What the user typed, as checked against the flag table. */
export interface Invocation {
  readonly flags: Readonly<Partial<Record<FlagName, string | true>>>;
  readonly args: readonly string[];
}

export interface Command {
  /** One or two words: `audit`, `rules explain`. */
  readonly name: string;
  readonly summary: string;
  /** How its arguments are shown, `[DIR …]`; absent when it takes none. */
  readonly args?: string;
  readonly maxArgs: number;
  readonly minArgs?: number;
  readonly flags: readonly FlagName[];
  /** Whole command lines with what each is for. */
  readonly examples: readonly (readonly [line: string, purpose: string])[];
  run(invocation: Invocation, shell: Shell): Promise<ExitCode>;
}

/** The text of a flag that takes a value, or its default from the table or the caller. */
export function textFlag(invocation: Invocation, name: FlagName): string | undefined {
  const value = invocation.flags[name];
  return typeof value === 'string' ? value : undefined;
}

export const switchedOn = (invocation: Invocation, name: FlagName): boolean =>
  invocation.flags[name] !== undefined;
