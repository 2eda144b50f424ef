import { AuditError, type AuditErrorOptions } from '../core/errors/audit-error.js';

export type ProcessFailure = 'not-started' | 'timed-out' | 'too-much-output' | 'killed';

/** A command that gave no answer at all. A command that ended with an exit code is an answer, whatever the code. */
export class ProcessError extends AuditError {
  readonly exitCode = 3;
  readonly failure: ProcessFailure;

  constructor(failure: ProcessFailure, message: string, options: AuditErrorOptions = {}) {
    super(message, options);
    this.failure = failure;
  }
}
