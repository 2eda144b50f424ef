import type { Severity } from './finding.js';
import type { Instant } from './instant.js';

/** One audit in the history: numbers and finding ids, nothing that could be a secret. */
export interface HistoryEntry {
  readonly asOf: Instant;
  /** Whether every source and repository could be read. */
  readonly complete: boolean;
  /** Active (not suppressed) `fail` findings. */
  readonly active: Readonly<Record<Severity, number>>;
  readonly suppressed: number;
  readonly unknown: number;
  readonly keys: number;
  readonly leaks: number;
  /** Ids of active findings that the audits before did not have, sorted. */
  readonly opened: readonly string[];
  /** Ids of findings that are gone; always empty after an incomplete audit, which cannot know. */
  readonly closed: readonly string[];
}
