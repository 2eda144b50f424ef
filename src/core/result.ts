import type { StandardView } from './compliance.js';
import type { Coverage } from './coverage.js';
import type { Drift } from './drift.js';
import type { Finding, FindingStatus, Severity, Verdict } from './finding.js';
import type { Forecast } from './forecast.js';
import type { HistoryEntry } from './history.js';
import type { Instant } from './instant.js';
import type { KeyRecord, ProjectRecord } from './key.js';
import type { Leak } from './leak.js';
import type { Risk } from './risk.js';
import type { Rule } from './rule.js';

/** Something that a vendor cannot express, so that a rule cannot speak of it there: shown once per vendor and rule. */
export interface CapabilityGap {
  readonly vendor: string;
  readonly rule: string;
  readonly reason: string;
  /** How many subjects of that vendor it concerns. */
  readonly subjects: number;
}

export interface Counts {
  /** Over `fail` findings only. */
  readonly bySeverity: Readonly<Record<Severity, number>>;
  /** Over `fail` findings only; adds up to the same total as `bySeverity`. */
  readonly byStatus: Readonly<Record<FindingStatus, number>>;
  /** Every rule applied to every subject: the four add up to `judgements`. */
  readonly byVerdict: Readonly<Record<Verdict, number>>;
  readonly judgements: number;
  readonly keys: number;
  readonly projects: number;
  readonly leaks: number;
}

export interface Gate {
  readonly result: 'pass' | 'fail' | 'incomplete';
  /** In words, for people; never empty. */
  readonly reasons: readonly string[];
}

/** All that one audit found; every report is a function of it. */
export interface AuditResult {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: string; readonly version: string };
  readonly run: { readonly asOf: Instant; readonly startedAt: Instant; readonly finishedAt: Instant };
  readonly coverage: readonly Coverage[];
  readonly keys: readonly KeyRecord[];
  /** Keys that no source lists any more and that a leak may be; absent where the register names none. */
  readonly deletedKeys?: readonly KeyRecord[];
  readonly projects: readonly ProjectRecord[];
  readonly leaks: readonly Leak[];
  readonly findings: readonly Finding[];
  readonly gaps: readonly CapabilityGap[];
  readonly counts: Counts;
  readonly gate: Gate;
  /** Things about the run that people should know: unused or expired suppressions, overridden thresholds. */
  readonly notes: readonly string[];
  readonly rules: readonly Rule[];
  /** Audits up to and including this one, oldest first; absent where none is kept. For reports that show a trend. */
  readonly history?: readonly HistoryEntry[];
  /** What this run says to the standards that rules map to. */
  readonly compliance?: readonly StandardView[];
  /** What will fail soon if nothing is done. */
  readonly forecast?: Forecast;
  /** What is found about one key, together; the worst combination first. */
  readonly risks?: readonly Risk[];
  /** Absent when there is no earlier inventory to compare with. */
  readonly drift?: Drift;
}
