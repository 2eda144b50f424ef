import type { Rule, RuleParam } from '../core/rule.js';

/**
 * One sentence for everything that the configuration changed about the rule book, so that no report hides it.
 * @param disabled ids of rules that it leaves out
 */
export const overrideNotes = (rules: readonly Rule[], disabled: readonly string[]): readonly string[] => [
  ...rules.flatMap((rule) => [...severityNote(rule), ...rule.params.filter(isChanged).map(paramNote(rule))]),
  ...[...new Set(disabled)].map(
    (id) => `The configuration leaves the rule ${id} out: nothing was judged by it.`,
  ),
];

function severityNote({ id, severity, writtenSeverities }: Rule): readonly string[] {
  if (writtenSeverities === undefined) return [];
  return [
    `The configuration rates ${id} ${severity}; its own severity is ${writtenSeverities.join(' or ')}.`,
  ];
}

const paramNote =
  ({ id }: Rule) =>
  ({ name, value, default: standard, unit, source }: RuleParam): string =>
    `${id} is judged by ${name} = ${valueText(value)} instead of ${valueText(standard)} ${unit}, ` +
    `so its verdicts no longer speak for the source of that number: ${source}.`;

const valueText = (value: RuleParam['value']): string =>
  typeof value === 'object' ? `[${value.join(', ')}]` : String(value);

const isChanged = ({ value, default: standard }: RuleParam): boolean =>
  JSON.stringify(value) !== JSON.stringify(standard);
