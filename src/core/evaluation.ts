import type { Finding, Subject, Verdict } from './finding.js';
import type { Confidence, Place } from './leak.js';
import type { CapabilityGap } from './result.js';
import type { Judgement } from './rule.js';

/** A judgement that people must see (`fail` or `unknown`), with whom it is about. */
export interface Observation extends Judgement {
  readonly verdict: Finding['verdict'];
  readonly subject: Subject;
  readonly owner: string | null;
  readonly places: readonly Place[];
  readonly fix: string;
  /** Of the rule, or of the least sure fact that it rests on; the rule's where left out. */
  readonly confidence?: Confidence;
}

/** All rules applied to all subjects. */
export interface Evaluation {
  readonly observations: readonly Observation[];
  readonly byVerdict: Readonly<Record<Verdict, number>>;
  /** The same by rule id, of every rule; all zero for one that had nothing to judge. */
  readonly byRule: Readonly<Record<string, Readonly<Record<Verdict, number>>>>;
  readonly gaps: readonly CapabilityGap[];
}
