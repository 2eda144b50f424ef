import { type Fact, known, notApplicable, unknown } from '../core/fact.js';
import type { SubjectKind } from '../core/finding.js';
import type { FactValue, JudgedSubject } from '../core/vocabulary.js';
import { judgeOne } from './judge-one.js';
import type { CompiledRule, Example, RuleSet } from './rule-set.js';

/** One example, run through the engine. */
export interface ExampleResult {
  readonly rule: string;
  /** What the example says of its subject. */
  readonly it: string;
  readonly expected: Example['expected'];
  /** undefined when it does what it says; else what happened instead. */
  readonly failure: string | undefined;
}

/** Runs every example of every rule, in both directions: what must fail fails, and what must not does not. */
export function selfTest(ruleSet: RuleSet): readonly ExampleResult[] {
  return ruleSet.compiled.flatMap((rule) =>
    rule.examples.map((example) => ({
      rule: rule.rule.id,
      it: example.it,
      expected: example.expected,
      failure: failureOf(rule, example, ruleSet),
    })),
  );
}

function failureOf(rule: CompiledRule, example: Example, ruleSet: RuleSet): string | undefined {
  const subject = statedSubject(rule.rule.subject, example);
  const facts = ruleSet.compilers[rule.rule.subject].factsOf(subject);
  const { verdict, severity, text } = judgeOne(rule, subject, facts);
  if (verdict !== example.expected) {
    return `expected ${example.expected}, found ${verdict}${text === '' ? '' : `: ${text}`}`;
  }
  if (example.severity === undefined || example.severity === severity) return undefined;
  return `expected severity ${example.severity}, found ${severity}`;
}

function statedSubject(kind: SubjectKind, { facts }: Example): JudgedSubject {
  return {
    subject: { kind, source: 'example', id: 'example' },
    owner: null,
    places: [],
    fact: (name) => (Object.hasOwn(facts, name) ? statedFact(facts[name]) : NOT_STATED),
  };
}

const NOT_STATED = unknown('the example does not say');

function statedFact(stated: Example['facts'][string] | undefined): Fact<FactValue> {
  if (stated === undefined) return NOT_STATED;
  if (typeof stated !== 'object' || Array.isArray(stated)) return known(stated);
  return 'unknown' in stated ? unknown(stated.unknown) : notApplicable(stated['not-applicable']);
}
