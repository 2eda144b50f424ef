import type { Finding } from './finding.js';
import type { Instant } from './instant.js';

/** Why a finding is coming although nothing changes but the date. */
export type ComingBecause = 'fails-then' | 'weighs-more' | 'suppression-ends';

export interface Coming {
  /** As it will be on that day. */
  readonly finding: Finding;
  readonly because: ComingBecause;
}

/** What fails on a later day if nothing is done until then. */
export interface Forecast {
  readonly until: Instant;
  /** In the order of findings. */
  readonly coming: readonly Coming[];
}
