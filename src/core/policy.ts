import type { Severity } from './finding.js';

export const SUPPRESSION_REASONS = [
  'accepted-risk',
  'not-applicable',
  'compensating-control',
  'migration',
  'false-positive',
] as const;

/** A decision to live with a finding for a while, as checked. Dates are `YYYY-MM-DD`. */
export interface Suppression {
  readonly rule: string;
  /** Exactly `<source>/<id>` of the finding's subject, or `<source>/<id>/<fingerprint>` for the leak of a key. */
  readonly subject: string;
  /** One of `SUPPRESSION_REASONS`; anything else makes it malformed, so that it does not count. */
  readonly reason: string;
  readonly statement: string;
  readonly owner: string;
  readonly created: string;
  /** Inclusive: the last day on which it counts; at most 180 days after `created`. */
  readonly expires: string;
  readonly at: { readonly file: string; readonly line: number };
}

export interface GatePolicy {
  readonly failOn: Severity;
  readonly newOnly: boolean;
  /** What a source that could not be read does to the exit code; `last-good`: nothing, where an earlier inventory stands in. */
  readonly incomplete: 'fail' | 'warn' | 'last-good';
}
