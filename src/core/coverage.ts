import type { Instant } from './instant.js';

/** What was looked at and what was not: one entry per part of a source, and one per repository. */
export interface Coverage {
  /** The configured source's id, or the repository's name. */
  readonly source: string;
  readonly kind: 'vendor' | 'repository';
  /** Which part of the source this entry speaks of: `projects`, `keys of project_…`, `objects`, `issues`, … */
  readonly part: string;
  readonly status: 'complete' | 'partial' | 'failed';
  /** How many items there should be; undefined where nobody tells. */
  readonly expected: number | undefined;
  readonly seen: number;
  /** Why it is not complete, with the next step; shown to people. Required unless complete; beside complete, how it was read. */
  readonly reason?: string;
  /** The commit that HEAD named when a repository was scanned. */
  readonly head?: string;
  /** When that part was read, where an earlier inventory stands in for this run's. */
  readonly readAt?: Instant;
}

export const isComplete = (coverage: readonly Coverage[]): boolean =>
  coverage.every((entry) => entry.status === 'complete');
