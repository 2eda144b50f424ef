import type { Severity, Subject } from './finding.js';

/** All that is found about one key, one unregistered string or one project, and why it stands where it stands. */
export interface Risk {
  readonly subject: Subject;
  readonly owner: string | null;
  /** Of the worst of its active findings. */
  readonly severity: Severity;
  /** What makes it worse than others of its severity, in our own words; what counts most comes first. */
  readonly because: readonly string[];
  /** Ids of its active findings, worst first. Never empty. */
  readonly findings: readonly string[];
}
