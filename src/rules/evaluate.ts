import type { Evaluation, Observation } from '../core/evaluation.js';
import type { Verdict } from '../core/finding.js';
import type { CapabilityGap } from '../core/result.js';
import type { JudgedSubject } from '../core/vocabulary.js';
import { judgeOne, type Outcome } from './judge-one.js';
import { fillIn } from './message.js';
import type { CompiledRule, RuleSet } from './rule-set.js';

/**
 * Applies every rule to every subject of its kind. Only `fail` and `unknown` are kept one by one, in a total order
 * (rule, source, id, fingerprint); `pass` and `not-applicable` are counted, and gaps are told once per vendor.
 */
export function judge(ruleSet: RuleSet, subjects: readonly JudgedSubject[]): Evaluation {
  const tally = new Tally();
  for (const subject of subjects) {
    const { kind } = subject.subject;
    const facts = ruleSet.compilers[kind].factsOf(subject);
    for (const rule of ruleSet.compiled) {
      if (rule.rule.subject === kind) tally.add(rule, subject, judgeOne(rule, subject, facts));
    }
  }
  return tally.evaluation();
}

class Tally {
  readonly #observations: Observation[] = [];
  readonly #counts = noVerdicts();
  readonly #byRule = new Map<string, Record<Verdict, number>>();
  readonly #gaps = new Map<string, CapabilityGap>();

  add(rule: CompiledRule, subject: JudgedSubject, outcome: Outcome): void {
    this.#counts[outcome.verdict] += 1;
    this.#countsOf(rule.rule.id)[outcome.verdict] += 1;
    if (outcome.verdict === 'fail' || outcome.verdict === 'unknown') {
      this.#observations.push(observe(rule, subject, { ...outcome, verdict: outcome.verdict }));
    }
    if (outcome.gap) this.#addGap(rule.rule.id, subject.subject.vendor ?? 'any vendor', outcome.text);
  }

  #countsOf(rule: string): Record<Verdict, number> {
    const counts = this.#byRule.get(rule) ?? noVerdicts();
    this.#byRule.set(rule, counts);
    return counts;
  }

  #addGap(rule: string, vendor: string, reason: string): void {
    const name = JSON.stringify([vendor, rule, reason]);
    const subjects = (this.#gaps.get(name)?.subjects ?? 0) + 1;
    this.#gaps.set(name, { vendor, rule, reason, subjects });
  }

  evaluation(): Evaluation {
    return {
      observations: this.#observations.sort(byRuleAndSubject),
      byVerdict: this.#counts,
      byRule: Object.fromEntries(this.#byRule),
      gaps: [...this.#gaps.entries()].sort(([a], [b]) => compare(a, b)).map(([, gap]) => gap),
    };
  }
}

const noVerdicts = (): Record<Verdict, number> => ({ fail: 0, pass: 0, unknown: 0, 'not-applicable': 0 });

function observe(
  { rule }: CompiledRule,
  subject: JudgedSubject,
  outcome: Outcome & { readonly verdict: Observation['verdict'] },
): Observation {
  const fix = rule.fix[subject.subject.vendor ?? 'default'] ?? rule.fix['default'] ?? '';
  return {
    rule,
    verdict: outcome.verdict,
    severity: outcome.severity,
    message: outcome.text,
    subject: subject.subject,
    owner: subject.owner,
    places: subject.places,
    fix: fillIn(fix, rule.params, (name) => subject.fact(name)),
  };
}

function byRuleAndSubject(a: Observation, b: Observation): number {
  return (
    compare(a.rule.id, b.rule.id) ||
    compare(a.subject.source, b.subject.source) ||
    compare(a.subject.id, b.subject.id) ||
    compare(a.subject.fingerprint ?? '', b.subject.fingerprint ?? '')
  );
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
