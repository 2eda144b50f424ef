import { parseArgs } from 'node:util';
import { UsageError } from '../core/errors/audit-error.js';
import { nearest } from '../core/nearest.js';
import type { Command, Invocation } from './command.js';
import { COMMON_FLAGS, type FlagName, flagOf } from './flags.js';

/** Finds the command that the first one or two words name; the rest are its own arguments. */
export function findCommand(
  argv: readonly string[],
  commands: readonly Command[],
): { readonly command: Command; readonly rest: readonly string[] } {
  for (const words of [2, 1]) {
    const command = commands.find(({ name }) => name === argv.slice(0, words).join(' '));
    if (command !== undefined) return { command, rest: argv.slice(words) };
  }
  const names = commands.map(({ name }) => name);
  const group = names.filter((name) => name.startsWith(`${argv[0] ?? ''} `));
  if (group.length > 0) throw new UsageError(`keyaudit ${argv[0]} needs one of: ${group.join(', ')}`);
  const guess = nearest(argv[0] ?? '', names);
  throw new UsageError('unknown command', {
    hint: guess === undefined ? 'keyaudit --help lists the commands' : `did you mean keyaudit ${guess}?`,
  });
}

/** Checks a command's own arguments against the flag table. Never repeats an argument: it might be a secret. */
export function parseInvocation(command: Command, rest: readonly string[]): Invocation {
  const names: readonly FlagName[] = [...command.flags, ...COMMON_FLAGS];
  const options = Object.fromEntries(
    names.map((name) => [
      name,
      { type: flagOf(name).value === undefined ? ('boolean' as const) : ('string' as const) },
    ]),
  );
  const { tokens } = parseArgs({
    args: [...rest],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const flags: Partial<Record<FlagName, string | true>> = {};
  const args: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') args.push(token.value);
    if (token.kind === 'option') Object.assign(flags, checkedFlag({ command, names }, token));
  }
  checkArgs(command, args, flags.help === true);
  return { flags, args };
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value: string | undefined;
}

function checkedFlag(
  { command, names }: { command: Command; names: readonly FlagName[] },
  token: OptionToken,
): Partial<Record<FlagName, string | true>> {
  const name = names.find((known) => known === token.name);
  if (name === undefined) throw unknownFlag(command, token.name, names);
  const flag = flagOf(name);
  if (flag.value === undefined) {
    if (token.value !== undefined) throw new UsageError(`--${name} takes no value`);
    return { [name]: true };
  }
  if (token.value === undefined || token.value === '')
    throw new UsageError(`--${name} needs a value: --${name} ${flag.value}`);
  if (flag.choices !== undefined && !flag.choices.includes(token.value)) {
    throw new UsageError(`--${name}: expected one of ${flag.choices.join(', ')}`);
  }
  return { [name]: token.value };
}

function unknownFlag(command: Command, name: string, names: readonly FlagName[]): UsageError {
  const guess = nearest(name, names);
  return new UsageError(`keyaudit ${command.name}: unknown option`, {
    hint:
      guess === undefined ? `keyaudit ${command.name} --help lists the options` : `did you mean --${guess}?`,
  });
}

function checkArgs(command: Command, args: readonly string[], help: boolean): void {
  if (help) return;
  if (args.length > command.maxArgs) {
    throw new UsageError(
      `keyaudit ${command.name} takes ${command.maxArgs === 0 ? 'no' : `at most ${command.maxArgs}`} arguments`,
    );
  }
  if (args.length < (command.minArgs ?? 0))
    throw new UsageError(`keyaudit ${command.name} needs ${command.args ?? 'an argument'}`);
}
