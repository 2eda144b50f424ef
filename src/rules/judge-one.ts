import type { Severity, Verdict } from '../core/finding.js';
import { type Confidence, CONFIDENCES } from '../core/leak.js';
import type { JudgedSubject } from '../core/vocabulary.js';
import type { Condition, SubjectScope } from './condition.js';
import { fillIn } from './message.js';
import type { CompiledRule } from './rule-set.js';

/** The verdict of one rule on one subject. */
export interface Outcome {
  readonly verdict: Verdict;
  readonly severity: Severity;
  /** The rule's; of a `fail` no higher than that of any fact that its condition reads. */
  readonly confidence: Confidence;
  /** The message for `fail`, the reason for `unknown` and `not-applicable`, empty for `pass`. */
  readonly text: string;
  /** Not applicable because the vendor (or the configuration) cannot tell, rather than because the rule is about others. */
  readonly gap: boolean;
}

/** @param scope the subject's facts as conditions see them: `ConditionCompiler.factsOf(subject)` */
export function judgeOne(rule: CompiledRule, subject: JudgedSubject, scope: SubjectScope): Outcome {
  // One scope for all rules: a new one for each would cost more than most conditions.
  scope.params = rule.params;
  try {
    return (
      excluded(rule, subject, scope) ??
      absent(rule.rule.needs, rule, subject) ??
      decided(rule, subject, scope)
    );
  } catch (error) {
    // A condition that fails on a value must not look like one that is fine with it.
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'unexpected value';
    return outcome(rule, 'unknown', `the condition cannot be worked out: ${reason}`);
  }
}

function excluded(rule: CompiledRule, subject: JudgedSubject, scope: SubjectScope): Outcome | undefined {
  if (rule.applies === undefined) return undefined;
  const missing = absent(rule.applies.when.facts, rule, subject);
  if (missing !== undefined) return missing;
  const holds = rule.applies.when.holds(scope);
  return holds ? undefined : outcome(rule, 'not-applicable', rule.applies.otherwise);
}

// What the vendor cannot have comes before what could not be had: no later reading will bring it.
function absent(names: readonly string[], rule: CompiledRule, subject: JudgedSubject): Outcome | undefined {
  let missing: Outcome | undefined;
  for (const name of names) {
    const answer = subject.fact(name);
    if (answer.state === 'not-applicable') {
      return outcome(rule, 'not-applicable', answer.reason, true);
    }
    if (answer.state === 'unknown')
      missing ??= outcome(rule, 'unknown', `${name} is not known: ${answer.reason}`);
  }
  return missing;
}

function decided(rule: CompiledRule, subject: JudgedSubject, scope: SubjectScope): Outcome {
  const fill = (text: string): string => fillIn(text, rule.rule.params, (name) => subject.fact(name));
  if (rule.when.holds(scope)) {
    const { severity, note } = weigh(rule, subject, scope);
    const confidence = confidenceOf(rule, subject);
    return { ...outcome(rule, 'fail', fill(rule.message) + note), severity, confidence };
  }
  if (rule.doubt?.when.holds(scope) === true) return outcome(rule, 'unknown', fill(rule.doubt.because));
  return outcome(rule, 'pass', '');
}

function confidenceOf({ rule, when }: CompiledRule, subject: JudgedSubject): Confidence {
  let place = CONFIDENCES.indexOf(rule.confidence);
  for (const name of when.facts) {
    const answer = subject.fact(name);
    if (answer.state !== 'known' || answer.confidence === undefined) continue;
    place = Math.max(place, CONFIDENCES.indexOf(answer.confidence));
  }
  return CONFIDENCES[place] ?? rule.confidence;
}

interface Weight {
  readonly severity: Severity;
  readonly note: string;
}

// A tier that hangs on something unknown counts: the finding is there either way, and must not be played down.
function weigh(rule: CompiledRule, subject: JudgedSubject, scope: SubjectScope): Weight {
  for (const { severity, when } of rule.tiers) {
    const answer = tierHolds(when, subject, scope);
    if (answer === true) return { severity, note: '' };
    if (answer !== false) return { severity, note: ` Rated ${severity} because ${answer}.` };
  }
  return { severity: rule.rule.severity, note: '' };
}

/** True, false, or why that is not known. */
function tierHolds(when: Condition, subject: JudgedSubject, scope: SubjectScope): boolean | string {
  const facts = when.facts.map((name) => ({ name, answer: subject.fact(name) }));
  if (facts.some(({ answer }) => answer.state === 'not-applicable')) return false;
  for (const { name, answer } of facts) {
    if (answer.state === 'unknown') return `${name} is not known: ${answer.reason}`;
  }
  return when.holds(scope);
}

function outcome(rule: CompiledRule, verdict: Verdict, text: string, gap = false): Outcome {
  const { severity, confidence } = rule.rule;
  return { verdict, severity, confidence, text, gap };
}
