import type { Rule, RuleParam } from '../core/rule.js';

/** One sentence for every threshold that the configuration changed, so that no report hides it. */
export function overrideNotes(rules: readonly Rule[]): readonly string[] {
  return rules.flatMap((rule) =>
    rule.params
      .filter(isChanged)
      .map(
        ({ name, value, default: standard, unit, source }) =>
          `${rule.id} is judged by ${name} = ${String(value)} instead of ${String(standard)} ${unit}, ` +
          `so its verdicts no longer speak for the source of that number: ${source}.`,
      ),
  );
}

const isChanged = ({ value, default: standard }: RuleParam): boolean =>
  JSON.stringify(value) !== JSON.stringify(standard);
