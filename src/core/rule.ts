import type { Severity, SubjectKind, Verdict } from './finding.js';
import type { Confidence } from './leak.js';

/** A number or text that a condition reads as `params.<name>`, with the standard that it comes from. */
export interface RuleParam {
  readonly name: string;
  readonly value: number | string | boolean | readonly string[];
  readonly default: number | string | boolean | readonly string[];
  readonly unit: string;
  /** Where the default comes from: a standard, or `our judgement`. */
  readonly source: string;
}

export interface RuleMapping {
  readonly standard: string;
  readonly id: string;
  readonly strength: 'direct' | 'partial' | 'informative';
}

/** A rule as reports and lists show it. How it is judged stays in `src/rules`. */
export interface Rule {
  readonly id: string;
  readonly title: string;
  readonly subject: SubjectKind;
  readonly severity: Severity;
  /** Severities that the rule can also reach, when its tier condition holds. */
  readonly tiers: readonly Severity[];
  /** As the rule's file has them, the plain one first; present where the configuration overrides them by one. */
  readonly writtenSeverities?: readonly [Severity, ...Severity[]];
  readonly confidence: Confidence;
  readonly audience: 'regular' | 'pedantic';
  readonly why: string;
  /** The next step; `default`, or a text per vendor. */
  readonly fix: Readonly<Record<string, string>>;
  readonly needs: readonly string[];
  /** The condition as written, CEL; true = fail. */
  readonly when: string;
  readonly params: readonly RuleParam[];
  readonly maps: readonly RuleMapping[];
  readonly references: readonly string[];
  /** Slash-separated, relative to the rules folder or to the user's. */
  readonly file: string;
}

/** One rule applied to one subject. */
export interface Judgement {
  readonly rule: Rule;
  readonly verdict: Verdict;
  readonly severity: Severity;
  /** Filled-in message for `fail`; the reason for `unknown` and `not-applicable`; empty for `pass`. */
  readonly message: string;
}
