import type { Rule } from '../core/rule.js';

const HEADERS = ['rule', 'severity', 'confidence', 'about', 'title'] as const;

/** One line a rule, in aligned columns; ends with a line of totals and a newline. */
export function listRules(rules: readonly Rule[]): string {
  const rows = rules.map((rule) => [rule.id, severitiesOf(rule), rule.confidence, aboutOf(rule), rule.title]);
  const widths = HEADERS.map((header, column) =>
    Math.max(header.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const lines = [HEADERS, ...rows].map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return `${[...lines, '', totals(rules)].join('\n')}\n`;
}

/** `medium`, or `medium to critical` when the rule can weigh more. */
export function severitiesOf({ severity, tiers, writtenSeverities }: Rule): string {
  if (writtenSeverities !== undefined) return `${severity} (configured)`;
  const [highest] = tiers;
  return highest === undefined ? severity : `${severity} to ${highest}`;
}

const ABOUT = { key: 'key', leak: 'leak', source: 'project' } satisfies Record<Rule['subject'], string>;

const aboutOf = (rule: Rule): string =>
  rule.audience === 'pedantic' ? `${ABOUT[rule.subject]} (pedantic)` : ABOUT[rule.subject];

function totals(rules: readonly Rule[]): string {
  const count = rules.length === 1 ? '1 rule' : `${rules.length} rules`;
  return `${count}. \`keyaudit rules explain RULE\` tells why, and what to do.`;
}
