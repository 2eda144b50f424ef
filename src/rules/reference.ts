import type { Rule } from '../core/rule.js';
import type { FactSpec } from '../core/vocabulary.js';
import { confidenceText, factGroups, typeText } from './list-facts.js';
import { severitiesOf } from './list.js';
import type { RuleSet } from './rule-set.js';
import { controlsOf, decides, extentText, standardsOf } from './standards.js';
import type { Standard } from './control-lists.js';

/** The reference page of all rules, facts and standards, as Markdown; generated, and compared with the file by a test. */
export function referencePage(ruleSet: RuleSet): string {
  const parts = [
    '# Rules, facts and standards',
    'This page is generated from the rule files and the facts. Do not edit it: `npm run docs` writes it again.',
    '## Rules',
    table(['Rule', 'Severity', 'Confidence', 'What it observes'], ruleSet.rules.map(summaryRow)),
    ...ruleSet.rules.map(ruleSection),
    '## Facts',
    'What a condition may read. A fact can be known, unknown (it should exist, but could not be had) or not applicable.',
    ...factGroups(ruleSet.vocabulary).flatMap(({ readBy, facts }) => [
      `### For rules about ${readBy}`,
      table(['Fact', 'Type', 'What it says'], facts.map(factRow)),
    ]),
    '## Standards',
    'Which rules speak to which control, and how strongly: directly, to a part of it, or only as related information ' +
      '(which covers nothing). A rule that finds nothing does not prove a control.',
    ...standardsOf(ruleSet.rules).map((standard) => standardSection(ruleSet.rules, standard)),
  ];
  return `${parts.join('\n\n')}\n`;
}

const summaryRow = (rule: Rule): readonly string[] => [
  `[${rule.id}](#${rule.id})`,
  severitiesOf(rule),
  rule.confidence,
  rule.title,
];

function ruleSection(rule: Rule): string {
  const thresholds = rule.params.map(
    ({ name, default: value, unit, source }) => `- \`params.${name}\` = ${String(value)} ${unit} (${source})`,
  );
  const fixes = Object.entries(rule.fix).map(([vendor, text]) =>
    vendor === 'default' ? `- ${text}` : `- ${vendor}: ${text}`,
  );
  const parts = [
    `### ${rule.id}`,
    `${rule.title}. Severity ${severitiesOf(rule)}, confidence ${rule.confidence}.`,
    rule.why,
    `Fails when\n\n\`\`\`\n${rule.when.trim()}\n\`\`\``,
    ...(thresholds.length > 0 ? [`Thresholds:\n\n${thresholds.join('\n')}`] : []),
    `What to do:\n\n${fixes.join('\n')}`,
    `Standards: ${rule.maps.map(({ standard, id, strength }) => `${standard} ${id} (${strength})`).join('; ')}`,
  ];
  return parts.join('\n\n');
}

const factRow = (spec: FactSpec): readonly string[] => [`\`${spec.name}\``, typeText(spec), meaningOf(spec)];

const meaningOf = ({ meaning, confidence }: FactSpec): string =>
  confidence === undefined ? meaning : `${meaning}; ${confidenceText(confidence)}`;

function standardSection(rules: readonly Rule[], standard: Standard): string {
  const rows = controlsOf(rules, standard).map(({ control, title, rules: speaking }) => [
    title === undefined ? control : `${control} ${title}`,
    [
      ...(speaking.some(decides) ? [] : ['not covered']),
      ...speaking.map(({ rule, strength }) => `${rule.id} (${strength})`),
    ].join(', '),
  ]);
  const { name, id, source } = standard;
  const intro = `\`--standard ${id}\`; ${extentText(standard)}. Source: <${source}>`;
  return `### ${name}\n\n${intro}\n\n${table(['Control', 'Rules'], rows)}`;
}

// Everything here comes from files of this repository; only the pipe has a meaning inside of a table.
function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}
