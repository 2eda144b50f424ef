import type { Coverage } from './coverage.js';
import type { Instant } from './instant.js';
import type { Inventory } from './inventory.js';
import type { Candidate } from './leak.js';

/** Everything that asking and reading gave, before anything is judged. Holds no value of a key. */
export interface Sightings {
  readonly startedAt: Instant;
  readonly inventory: Inventory;
  readonly candidates: readonly Candidate[];
  /** Of lists of repositories, clones and scans. */
  readonly coverage: readonly Coverage[];
  /** Of the texts around repositories: one entry for each repository and kind. */
  readonly texts: readonly Coverage[];
  /** What was read in the place of what could not be, for people. */
  readonly notes?: readonly string[];
}
