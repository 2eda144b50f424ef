import type { Problem } from '../core/errors/problem.js';
import { SEVERITIES, type Severity } from '../core/finding.js';
import type { Rule, RuleParam } from '../core/rule.js';
import type { FactSpec } from '../core/vocabulary.js';
import { checkExamples } from './check-examples.js';
import { checkNames } from './check-names.js';
import { withCaret } from './with-caret.js';
import { type Condition, type ConditionCompiler, paramScope } from './condition.js';
import type { WrittenRule } from './rule-schema.js';
import type { CompiledRule, Example } from './rule-set.js';
import type { RuleSource } from './rule-source.js';

export interface RuleDraft {
  readonly written: WrittenRule;
  readonly source: RuleSource;
  /** The facts that a rule about this kind of subject may read. */
  readonly vocabulary: readonly FactSpec[];
  readonly compiler: ConditionCompiler;
  readonly params: readonly RuleParam[];
}

/** The conditions of a rule, by what they are for. */
export interface Conditions {
  readonly when: Condition;
  readonly applies: Condition | undefined;
  readonly doubt: Condition | undefined;
  readonly tiers: readonly Condition[];
}

/** Compiles a rule whose fields are all there; answers every mistake in how they fit together. */
export function checkRule(draft: RuleDraft): CompiledRule | readonly Problem[] {
  const problems: Problem[] = [];
  const conditions = compileAll(draft, problems);
  if (conditions === undefined) return problems;
  problems.push(...checkNames(draft, conditions), ...checkTiers(draft), ...checkExamples(draft));
  return problems.length > 0 ? problems : assemble(draft, conditions);
}

function compileAll(draft: RuleDraft, problems: Problem[]): Conditions | undefined {
  const { written } = draft;
  const compile = (path: readonly (string | number)[], text: string): Condition | undefined => {
    const condition = draft.compiler.compile(text, draft.params);
    if ('holds' in condition) return condition;
    const { message, offset } = condition;
    problems.push(draft.source.problemInside(path, offset, withCaret(message, text, offset)));
    return undefined;
  };
  const when = compile(['when'], written.when);
  const applies = written.applies && compile(['applies', 'when'], written.applies.when);
  const doubt = written.doubt && compile(['doubt', 'when'], written.doubt.when);
  const tiers = written.tiers.flatMap((tier, index) => compile(['tiers', index, 'when'], tier.when) ?? []);
  return when === undefined || problems.length > 0 ? undefined : { when, applies, doubt, tiers };
}

function checkTiers({ written, source }: RuleDraft): readonly Problem[] {
  return written.tiers.flatMap((tier, index) =>
    rank(tier.severity) < rank(written.severity)
      ? []
      : [source.problem(['tiers', index, 'severity'], `a tier must be higher than ${written.severity}`)],
  );
}

const rank = (severity: Severity): number => SEVERITIES.indexOf(severity);

function assemble(draft: RuleDraft, { when, applies, doubt, tiers }: Conditions): CompiledRule {
  const { written } = draft;
  return {
    rule: describe(draft),
    when,
    applies: applies && { when: applies, otherwise: written.applies?.otherwise ?? '' },
    doubt: doubt && { when: doubt, because: written.doubt?.because ?? '' },
    tiers: tiers
      .flatMap((condition, index) => {
        const severity = written.tiers[index]?.severity;
        return severity === undefined ? [] : [{ severity, when: condition }];
      })
      .sort((a, b) => rank(a.severity) - rank(b.severity)),
    weighs: written.weighs,
    message: written.message,
    params: paramScope(draft.params),
    examples: examplesOf(written),
  };
}

function describe({ written, source, params }: RuleDraft): Rule {
  const { fix, severity } = written;
  const tiers = [...new Set(written.tiers.map((tier) => tier.severity))].sort((a, b) => rank(a) - rank(b));
  return {
    id: written.id,
    title: written.title,
    subject: written.subject,
    severity,
    tiers,
    confidence: written.confidence,
    audience: written.audience,
    why: written.why,
    needs: written.needs,
    when: written.when,
    params,
    fix: typeof fix === 'string' ? { default: fix } : fix,
    maps: written.maps,
    references: written.references,
    file: source.file,
  };
}

function examplesOf({ examples }: WrittenRule): readonly Example[] {
  return [
    ...examples.fails.map((example) => ({ ...example, expected: 'fail' as const })),
    ...examples.passes.map((example) => ({ ...example, expected: 'pass' as const })),
    ...examples.unknown.map((example) => ({ ...example, expected: 'unknown' as const })),
    ...examples['not-applicable'].map((example) => ({ ...example, expected: 'not-applicable' as const })),
  ];
}
