import { UsageError } from '../core/errors/audit-error.js';
import type { Observation } from '../core/evaluation.js';
import type { Rule, RuleMapping } from '../core/rule.js';
import { didYouMean } from './did-you-mean.js';

/** A standard that rules speak to. `controls` is every control that the standard has, where we know the whole list. */
interface Standard {
  /** As the command line takes it. */
  readonly id: string;
  /** As rules write it. */
  readonly name: string;
  readonly controls: Readonly<Record<string, string>> | undefined;
}

const STANDARDS: readonly Standard[] = [
  {
    id: 'owasp-nhi',
    name: 'OWASP NHI 2025',
    controls: {
      NHI1: 'Improper Offboarding',
      NHI2: 'Secret Leakage',
      NHI3: 'Vulnerable Third-Party NHI',
      NHI4: 'Insecure Authentication',
      NHI5: 'Overprivileged NHI',
      NHI6: 'Insecure Cloud Deployment Configurations',
      NHI7: 'Long-Lived Secrets',
      NHI8: 'Environment Isolation',
      NHI9: 'NHI Reuse',
      NHI10: 'Human Use of NHI',
    },
  },
  { id: 'cwe', name: 'CWE', controls: undefined },
  { id: 'nist-800-53', name: 'NIST SP 800-53 r5', controls: undefined },
  { id: 'cis-controls', name: 'CIS Controls v8', controls: undefined },
  { id: 'cis-aws', name: 'CIS AWS Foundations', controls: undefined },
  { id: 'pci-dss', name: 'PCI DSS 4.0.1', controls: undefined },
  { id: 'iso-27001', name: 'ISO/IEC 27001:2022', controls: undefined },
  { id: 'soc-2', name: 'SOC 2', controls: undefined },
];

/** The names under which `rules list --standard` knows standards. */
export const STANDARD_IDS: readonly string[] = STANDARDS.map(({ id }) => id);

export interface ControlRule {
  readonly rule: Rule;
  readonly strength: RuleMapping['strength'];
}

/** One control of a standard, and what the rule book says to it. No rules = not covered. */
export interface ControlView {
  readonly standard: string;
  readonly control: string;
  /** The control's title, where we know the standard's list. */
  readonly title: string | undefined;
  /** Strongest first. */
  readonly rules: readonly ControlRule[];
}

const STRENGTHS: readonly RuleMapping['strength'][] = ['direct', 'partial', 'informative'];

/**
 * Every control of a standard that a rule maps to, and those that none does where the list is known.
 * @throws UsageError for a standard that nobody maps to.
 */
export function controlsOf(rules: readonly Rule[], standardId: string): readonly ControlView[] {
  const standard = STANDARDS.find(({ id }) => id === standardId);
  if (standard === undefined) {
    throw new UsageError(`there is no standard ${standardId}${didYouMean(standardId, STANDARD_IDS)}`, {
      hint: `known standards: ${STANDARD_IDS.join(', ')}`,
    });
  }
  const mapped = rules.flatMap(({ maps }) => maps).filter((map) => map.standard === standard.name);
  const controls = standard.controls ? Object.keys(standard.controls) : distinct(mapped.map(({ id }) => id));
  return controls.map((control) => ({
    standard: standard.name,
    control,
    title: standard.controls?.[control],
    rules: rulesFor(rules, standard.name, control),
  }));
}

function rulesFor(rules: readonly Rule[], standard: string, control: string): readonly ControlRule[] {
  return rules
    .flatMap((rule) =>
      rule.maps
        .filter((map) => map.standard === standard && map.id === control)
        .map(({ strength }) => ({ rule, strength })),
    )
    .sort((a, b) => STRENGTHS.indexOf(a.strength) - STRENGTHS.indexOf(b.strength));
}

const distinct = (texts: readonly string[]): readonly string[] => [...new Set(texts)].sort();

/** How a control fared in one run. `nothing-found` is no claim that the control is met. */
export type ControlResult = 'broken' | 'not-known' | 'nothing-found' | 'not-covered';

/** For a report's compliance section: broken by a fail, not known where something could not be judged. */
export function resultOf(
  { rules }: ControlView,
  observations: readonly Pick<Observation, 'rule' | 'verdict'>[],
): ControlResult {
  if (rules.length === 0) return 'not-covered';
  const ids = new Set(rules.map(({ rule }) => rule.id));
  const own = observations.filter(({ rule }) => ids.has(rule.id));
  if (own.some(({ verdict }) => verdict === 'fail')) return 'broken';
  return own.length > 0 ? 'not-known' : 'nothing-found';
}

/** One line a control with its rules; for `rules list --standard`. */
export function listControls(rules: readonly Rule[], standardId: string): string {
  const views = controlsOf(rules, standardId);
  const width = Math.max(...views.map(({ control }) => control.length));
  const lines = views.flatMap(({ control, title, rules: speaking }) => {
    const head = [control.padEnd(width), title]
      .filter((part) => part !== undefined)
      .join('  ')
      .trimEnd();
    if (speaking.length === 0) return [head, '  not covered by any rule'];
    return [head, ...speaking.map(({ rule, strength }) => `  ${strength.padEnd(11)}  ${rule.id}`)];
  });
  const covered = views.filter((view) => view.rules.length > 0).length;
  const total = `Rules speak to ${covered} of ${views.length} controls listed here; a rule that finds nothing does not prove a control.`;
  return `${[...lines, '', total].join('\n')}\n`;
}
