/** 0 clean, 1 gate failed, 2 usage, configuration or rule error, 3 incomplete, 70 a bug, 130 interrupted. */
export type ExitCode = 0 | 1 | 2 | 3 | 70 | 130;

export interface AuditErrorOptions {
  /** The next step for the person who reads it. */
  readonly hint?: string;
  readonly cause?: unknown;
}

/** What a user or a remote can cause. The message says where, what was expected and what was found; never a secret. */
export abstract class AuditError extends Error {
  abstract readonly exitCode: ExitCode;
  readonly hint: string | undefined;

  constructor(message: string, options: AuditErrorOptions = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : {});
    this.name = new.target.name;
    this.hint = options.hint;
  }
}

/** Wrong command line. */
export class UsageError extends AuditError {
  readonly exitCode = 2;
}

/** Wrong configuration, register or rule file. */
export class ConfigError extends AuditError {
  readonly exitCode = 2;
}

/** The user interrupted the run. */
export class InterruptedError extends AuditError {
  readonly exitCode = 130;
}
