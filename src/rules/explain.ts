import { UsageError } from '../core/errors/audit-error.js';
import type { Rule, RuleParam } from '../core/rule.js';
import { didYouMean } from './did-you-mean.js';
import { severitiesOf } from './list.js';
import type { CompiledRule, Example, RuleSet } from './rule-set.js';
import { wrap } from './wrap.js';

const WIDTH = 96;
const INDENT = '  ';

/**
 * One rule for people: what it looks at, why that matters, what to do, and where its numbers come from.
 * @throws UsageError when there is no such rule, with the name that was probably meant.
 */
export function explainRule(ruleSet: RuleSet, id: string): string {
  const found = ruleSet.compiled.find(({ rule }) => rule.id === id);
  if (found === undefined) {
    const ids = ruleSet.rules.map((rule) => rule.id);
    throw new UsageError(`there is no rule ${id}${didYouMean(id, ids)}`, {
      hint: '`keyaudit rules list` shows all rules',
    });
  }
  const { rule } = found;
  const parts: readonly (readonly [string, string])[] = [
    ['Why it matters', paragraph(rule.why)],
    ['It fails when', conditions(found)],
    ['It reads', reads(found, ruleSet)],
    ['Thresholds', rule.params.map(paramText).join('\n')],
    ['What to do', fixes(rule)],
    ['Examples', found.examples.map(exampleText).join('\n')],
    ['Standards', rule.maps.map((map) => `${INDENT}${map.standard} ${map.id} (${map.strength})`).join('\n')],
    ['More', rule.references.map((url) => INDENT + url).join('\n')],
  ];
  const sections = parts.filter(([, text]) => text !== '').map(([title, text]) => `${title}\n${text}`);
  return `${[heading(rule), ...sections, `${INDENT}${rule.file}`].join('\n\n')}\n`;
}

const paragraph = (text: string): string => wrap(text, WIDTH, INDENT);

function heading(rule: Rule): string {
  const traits = [
    `severity ${severitiesOf(rule)}`,
    `confidence ${rule.confidence}`,
    ...(rule.audience === 'pedantic' ? ['pedantic'] : []),
  ];
  return `${rule.id}: ${rule.title}\n${traits.join(', ')}`;
}

function conditions({ rule, applies, doubt, tiers }: CompiledRule): string {
  const lines = [
    rule.when,
    ...tiers.map(({ severity, when }) => `${severity} when ${when.text}`),
    ...(applies === undefined
      ? []
      : [`only where ${applies.when.text} (else not applicable: ${applies.otherwise})`]),
    ...(doubt === undefined ? [] : [`unknown rather than fine when ${doubt.when.text}`]),
  ];
  return lines.map(paragraph).join('\n');
}

function reads({ rule, weighs }: CompiledRule, { vocabulary }: RuleSet): string {
  const specs = vocabulary[rule.subject].filter(({ name }) => [...rule.needs, ...weighs].includes(name));
  const width = Math.max(...specs.map(({ name }) => name.length));
  return specs
    .map(({ name, meaning, unit }) => {
      const text = unit === undefined ? meaning : `${meaning} (${unit})`;
      const lines = wrap(text, WIDTH, ' '.repeat(width + 4)).trimStart();
      return `${INDENT}${name.padEnd(width)}  ${lines}`;
    })
    .join('\n');
}

function paramText({ name, value, default: standard, unit, source }: RuleParam): string {
  const changed = JSON.stringify(value) !== JSON.stringify(standard);
  const own = changed ? ` (changed in the configuration; the default is ${valueText(standard)})` : '';
  return wrap(`params.${name} = ${valueText(value)} ${unit}${own}; source: ${source}`, WIDTH, INDENT);
}

const valueText = (value: RuleParam['value']): string =>
  typeof value === 'object' ? value.join(', ') : String(value);

function fixes({ fix }: Rule): string {
  const { default: standard, ...vendors } = fix;
  const own = Object.entries(vendors).map(([vendor, text]) => paragraph(`${vendor}: ${text}`));
  const rest =
    standard === undefined ? [] : [paragraph(own.length > 0 ? `otherwise: ${standard}` : standard)];
  return [...own, ...rest].join('\n');
}

const VERDICT_WORDS = {
  fail: 'fails',
  pass: 'passes',
  unknown: 'unknown',
  'not-applicable': 'not applicable',
} satisfies Record<Example['expected'], string>;

const exampleText = ({ it, expected }: Example): string =>
  `${INDENT}${VERDICT_WORDS[expected].padEnd(16)}${it}`;
