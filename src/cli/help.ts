import type { Command } from './command.js';
import { COMMON_FLAGS, type Flag, type FlagName, flagOf } from './flags.js';

export const EXIT_CODES: readonly (readonly [code: number, meaning: string])[] = [
  [0, 'clean: everything was looked at and nothing fails the gate'],
  [1, 'the gate failed'],
  [2, 'wrong usage, configuration or rule'],
  [3, 'incomplete: some source could not be read (a failed gate wins)'],
  [70, 'a bug in keyaudit'],
  [130, 'interrupted'],
];

/** Help of one command; ends with examples and the exit codes. */
export function commandHelp(command: Command): string {
  const flags: readonly FlagName[] = [...command.flags, ...COMMON_FLAGS];
  return [
    `keyaudit ${command.name}: ${command.summary}`,
    '',
    `Usage: keyaudit ${[command.name, command.args, '[options]'].filter((part) => part !== undefined).join(' ')}`,
    '',
    'Options:',
    ...columns(flags.map((name) => [flagText(name), summaryText(flagOf(name))])),
    '',
    'Examples:',
    ...command.examples.flatMap(([line, purpose]) => [`  ${line}`, `      ${purpose}`]),
    '',
    ...exitCodeLines(),
  ].join('\n');
}

/** Help of the whole tool. */
export function overview(commands: readonly Command[]): string {
  return [
    'keyaudit audits the API keys that a company holds at api.video, Vidbeo and Cognitive3D.',
    'It reads every key with its rights, judges it, and finds it where it leaked. It changes nothing at a vendor.',
    '',
    'Usage: keyaudit COMMAND [options]',
    '',
    'Commands:',
    ...columns(
      commands.map(({ name, args, summary }) => [args === undefined ? name : `${name} ${args}`, summary]),
    ),
    '',
    'Examples:',
    '  keyaudit demo',
    '      the whole audit against the embedded sandbox; no account needed',
    '  keyaudit audit --out reports',
    '      the real thing, as audit.config.yaml says',
    '  keyaudit COMMAND --help',
    '      the options of one command',
    '',
    ...exitCodeLines(),
  ].join('\n');
}

const exitCodeLines = (): string[] => [
  'Exit codes:',
  ...columns(EXIT_CODES.map(([code, meaning]) => [String(code), meaning])),
];

const flagText = (name: FlagName): string => {
  const { value } = flagOf(name);
  return value === undefined ? `--${name}` : `--${name} ${value}`;
};

function summaryText(flag: Flag): string {
  const choices = flag.choices === undefined ? '' : `: ${flag.choices.join(', ')}`;
  const preset = flag.default === undefined ? '' : ` (default ${flag.default})`;
  return `${flag.summary}${choices}${preset}`;
}

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
