import type { Evaluation, Observation } from '../core/evaluation.js';
import { type SubjectKind, type Verdict, VERDICTS } from '../core/finding.js';
import type { CapabilityGap } from '../core/result.js';
import type { JudgedSubject } from '../core/vocabulary.js';
import { judgeOne, type Outcome } from './judge-one.js';
import { fillIn } from './message.js';
import type { CompiledRule, JudgingRules } from './rule-set.js';

/**
 * Applies every rule to every subject of its kind. Only `fail` and `unknown` are kept one by one, in a total order
 * (rule, source, id, fingerprint); `pass` and `not-applicable` are counted, and gaps are told once per vendor.
 */
export function judge(ruleSet: JudgingRules, subjects: Iterable<JudgedSubject>): Evaluation {
  const tally = new Tally(ruleSet.compiled);
  for (const subject of subjects) {
    const { kind } = subject.subject;
    const scope = ruleSet.compilers[kind].factsOf(subject);
    for (const entry of tally.entries[kind])
      tally.add(entry, subject, judgeOne(entry.compiled, subject, scope));
  }
  return tally.evaluation();
}

/** A rule, and how often it judged what. */
interface Entry {
  readonly compiled: CompiledRule;
  readonly counts: Record<Verdict, number>;
}

class Tally {
  readonly entries: Readonly<Record<SubjectKind, readonly Entry[]>>;
  readonly #observations: Observation[] = [];
  /** By rule and reason. */
  readonly #gaps = new Map<string, Map<string, CapabilityGap[]>>();

  constructor(rules: readonly CompiledRule[]) {
    const about = (kind: SubjectKind): readonly Entry[] =>
      rules
        .filter(({ rule }) => rule.subject === kind)
        .map((compiled) => ({ compiled, counts: noVerdicts() }));
    this.entries = { key: about('key'), leak: about('leak'), source: about('source') };
  }

  add({ compiled, counts }: Entry, subject: JudgedSubject, outcome: Outcome): void {
    counts[outcome.verdict] += 1;
    if (outcome.verdict === 'fail' || outcome.verdict === 'unknown') {
      this.#observations.push(observe(compiled, subject, { ...outcome, verdict: outcome.verdict }));
    }
    if (outcome.gap) this.#addGap(compiled.rule.id, subject.subject.vendor ?? 'any vendor', outcome.text);
  }

  #addGap(rule: string, vendor: string, reason: string): void {
    const reasons = this.#gaps.get(rule) ?? new Map<string, CapabilityGap[]>();
    this.#gaps.set(rule, reasons);
    const gaps = reasons.get(reason) ?? [];
    reasons.set(reason, gaps);
    const index = gaps.findIndex((gap) => gap.vendor === vendor);
    const subjects = (gaps[index]?.subjects ?? 0) + 1;
    gaps[index < 0 ? gaps.length : index] = { vendor, rule, reason, subjects };
  }

  evaluation(): Evaluation {
    const judged = Object.values(this.entries).flat();
    return {
      observations: this.#observations.sort(byRuleAndSubject),
      byVerdict: sumOf(judged.map(({ counts }) => counts)),
      byRule: Object.fromEntries(judged.map(({ compiled, counts }) => [compiled.rule.id, counts])),
      gaps: [...this.#gaps.values()].flatMap((reasons) => [...reasons.values()].flat()).sort(byVendorAndRule),
    };
  }
}

function sumOf(all: readonly Readonly<Record<Verdict, number>>[]): Record<Verdict, number> {
  const sum = noVerdicts();
  for (const counts of all) for (const verdict of VERDICTS) sum[verdict] += counts[verdict];
  return sum;
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
    confidence: outcome.confidence,
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

const byVendorAndRule = (a: CapabilityGap, b: CapabilityGap): number =>
  compare(a.vendor, b.vendor) || compare(a.rule, b.rule) || compare(a.reason, b.reason);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
