import { ConfigError } from './audit-error.js';

/** One mistake in a file that somebody wrote. Lines and columns count from 1. */
export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** What was expected and what was found; never a value that may be a secret. */
  readonly message: string;
}

/** `file:line:column: message`, which editors and CI logs turn into links. */
export const problemText = (problem: Problem): string =>
  `${problem.file}:${problem.line}:${problem.column}: ${problem.message}`;

/** All mistakes of one or more files at once, in reading order. */
export class ProblemsError extends ConfigError {
  readonly problems: readonly Problem[];

  constructor(summary: string, problems: readonly Problem[], hint?: string) {
    super([summary, ...problems.map(problemText)].join('\n'), hint === undefined ? {} : { hint });
    this.problems = problems;
  }
}
