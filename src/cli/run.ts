import { AuditError, type ExitCode, InterruptedError } from '../core/errors/audit-error.js';
import type { Command } from './command.js';
import { commandHelp, overview } from './help.js';
import { findCommand, parseInvocation } from './parse.js';
import type { Shell } from './shell.js';
import { toolVersion } from './tool.js';

/** Runs one command line. The one place where errors end; a secret in an error's text is stopped by the shell's guard. */
export async function run(
  argv: readonly string[],
  commands: readonly Command[],
  shell: Shell,
): Promise<ExitCode> {
  try {
    return await dispatch(argv, commands, shell);
  } catch (error) {
    return reportError(error, shell);
  }
}

async function dispatch(
  argv: readonly string[],
  commands: readonly Command[],
  shell: Shell,
): Promise<ExitCode> {
  const [first] = argv;
  if (first === '--version') return printed(shell, toolVersion());
  if (first === undefined || first === '--help' || first === '-h' || first === 'help') {
    return printed(shell, overview(commands), first === undefined ? 2 : 0);
  }
  const { command, rest } = findCommand(argv, commands);
  const invocation = parseInvocation(command, rest);
  if (invocation.flags.help === true) return printed(shell, commandHelp(command));
  return command.run(invocation, shell);
}

function printed(shell: Shell, text: string, code: ExitCode = 0): ExitCode {
  shell.print(text);
  return code;
}

/** Tells people what went wrong, through the guard. */
export function reportError(error: unknown, shell: Shell): ExitCode {
  if (shell.signal.aborted) return new InterruptedError('interrupted').exitCode;
  if (error instanceof AuditError) {
    shell.warn(`keyaudit: ${error.message}`);
    if (error.hint !== undefined) shell.warn(`  help: ${error.hint}`);
    return error.exitCode;
  }
  const stack = error instanceof Error ? error.stack : undefined;
  shell.warn(`keyaudit: a bug in keyaudit, please report it:\n${stack ?? 'an error without a stack'}`);
  return 70;
}
