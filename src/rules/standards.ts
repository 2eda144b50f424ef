import type { StandardExtent } from '../core/compliance.js';
import { compareText } from '../core/compare-text.js';
import { UsageError } from '../core/errors/audit-error.js';
import type { Rule, RuleMapping } from '../core/rule.js';
import { type Standard, STANDARDS } from './control-lists.js';
import { didYouMean } from './did-you-mean.js';

/** The names under which `rules list --standard` knows standards. */
export const STANDARD_IDS: readonly string[] = STANDARDS.map(({ id }) => id);

export interface ControlRule {
  readonly rule: Rule;
  readonly strength: RuleMapping['strength'];
}

/** One control of a standard, and what the rule book says to it. */
export interface ControlRules {
  readonly control: string;
  /** The control's title, where we know the standard's list. */
  readonly title: string | undefined;
  /** Strongest first. */
  readonly rules: readonly ControlRule[];
}

const STRENGTHS: readonly RuleMapping['strength'][] = ['direct', 'partial', 'informative'];

/** The standards that we know, and those that only some user's rule names, each by its name. */
export function standardsOf(rules: readonly Rule[]): readonly Standard[] {
  const named = rules.flatMap(({ maps }) => maps.map(({ standard }) => standard));
  const strange = [...new Set(named)].filter((name) => !STANDARDS.some((known) => known.name === name));
  return [...STANDARDS, ...strange.sort(compareText).map(unlisted)];
}

const unlisted = (name: string): Standard => ({
  id: name,
  name,
  source: 'named by a rule',
  extent: 'mapped',
  controls: {},
});

/**
 * A standard by the id or the name under which we know it.
 * @throws UsageError for one that nobody maps to, with the one that was probably meant.
 */
export function standardNamed(rules: readonly Rule[], text: string): Standard {
  const standards = standardsOf(rules);
  const wanted = text.toLowerCase();
  const found = standards.find(
    ({ id, name }) => id.toLowerCase() === wanted || name.toLowerCase() === wanted,
  );
  if (found !== undefined) return found;
  const ids = standards.map(({ id }) => id);
  throw new UsageError(`there is no standard ${text}${didYouMean(text, ids)}`, {
    hint: `known standards: ${ids.join(', ')}`,
  });
}

/** The controls that are listed for a standard, in its order, then those that only some rule names. */
export function controlsOf(rules: readonly Rule[], standard: Standard): readonly ControlRules[] {
  const listed = standard.extent === 'mapped' ? [] : Object.keys(standard.controls);
  const mapped = rules.flatMap(({ maps }) => maps).filter((map) => map.standard === standard.name);
  const further = mapped.map(({ id }) => id).filter((id) => !listed.includes(id));
  return [...listed, ...[...new Set(further)].sort(byNumber)].map((control) => ({
    control,
    title: Object.hasOwn(standard.controls, control) ? standard.controls[control] : undefined,
    rules: rulesFor(rules, standard.name, control),
  }));
}

/** CWE-183 before CWE-1188. */
const byNumber = (a: string, b: string): number => a.length - b.length || compareText(a, b);

function rulesFor(rules: readonly Rule[], standard: string, control: string): readonly ControlRule[] {
  return rules
    .flatMap((rule) =>
      rule.maps
        .filter((map) => map.standard === standard && map.id === control)
        .map(({ strength }) => ({ rule, strength })),
    )
    .sort((a, b) => STRENGTHS.indexOf(a.strength) - STRENGTHS.indexOf(b.strength));
}

/** Whether a rule says something about a control. One that is only informative proves nothing either way. */
export const decides = ({ strength }: { readonly strength: RuleMapping['strength'] }): boolean =>
  strength !== 'informative';

const EXTENT_WORDS = {
  all: 'all of its controls are listed',
  'about-keys': 'only its controls that concern keys are listed, by our selection',
  mapped: 'only what rules map to is listed',
} as const satisfies Record<StandardExtent, string>;

export const extentText = ({ extent }: Pick<Standard, 'extent'>): string => EXTENT_WORDS[extent];

/** One line a control with its rules; for `rules list --standard`. */
export function listControls(rules: readonly Rule[], name: string): string {
  const standard = standardNamed(rules, name);
  const controls = controlsOf(rules, standard);
  const width = Math.max(0, ...controls.map(({ control }) => control.length));
  const covered = controls.filter((one) => one.rules.some(decides)).length;
  return `${[
    `${standard.name}: ${extentText(standard)} (${standard.source})`,
    '',
    ...controls.flatMap((one) => controlLines(one, width)),
    '',
    `Rules speak to ${covered} of the ${controls.length} controls listed here; a rule that finds nothing does not prove a control.`,
  ].join('\n')}\n`;
}

function controlLines({ control, title, rules }: ControlRules, width: number): readonly string[] {
  const head = `${control.padEnd(width)}  ${title ?? ''}`.trimEnd();
  const none = rules.some(decides)
    ? []
    : [`  not covered by any rule${rules.length > 0 ? '; related:' : ''}`];
  return [head, ...none, ...rules.map(({ rule, strength }) => `  ${strength.padEnd(11)}  ${rule.id}`)];
}
