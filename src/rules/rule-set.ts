import type { Severity, SubjectKind, Verdict } from '../core/finding.js';
import type { Rule } from '../core/rule.js';
import type { Vocabulary } from '../core/vocabulary.js';
import type { Condition, ConditionCompiler, Scope } from './condition.js';
import type { WrittenExample } from './rule-schema.js';

export interface Example extends WrittenExample {
  readonly expected: Verdict;
}

/** A rule that is ready to judge. */
export interface CompiledRule {
  readonly rule: Rule;
  /** Subjects for which it does not hold are not spoken of: `not-applicable`, and no gap of the vendor. */
  readonly applies: { readonly when: Condition; readonly otherwise: string } | undefined;
  readonly when: Condition;
  /** Where the rule is not broken, but this holds: `unknown`. */
  readonly doubt: { readonly when: Condition; readonly because: string } | undefined;
  /** Highest severity first; the first one that holds counts. */
  readonly tiers: readonly { readonly severity: Severity; readonly when: Condition }[];
  /** Facts that only the severity depends on. */
  readonly weighs: readonly string[];
  readonly message: string;
  readonly params: Scope;
  readonly examples: readonly Example[];
}

/** Rules in the order of their ids, with what is needed to judge by them. */
export interface JudgingRules {
  readonly rules: readonly Rule[];
  readonly compiled: readonly CompiledRule[];
  readonly compilers: Readonly<Record<SubjectKind, Pick<ConditionCompiler, 'factsOf'>>>;
}

/** All rules of a run, and the facts that they may read. */
export interface RuleSet extends JudgingRules {
  readonly compilers: Readonly<Record<SubjectKind, ConditionCompiler>>;
  readonly vocabulary: Vocabulary;
}
