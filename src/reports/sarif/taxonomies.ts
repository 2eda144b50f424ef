import type { ReportingDescriptor, ReportingDescriptorRelationship, ToolComponent } from 'sarif';
import type { ControlView, StandardView } from '../../core/compliance.js';
import { compareText } from '../../core/compare-text.js';
import type { Rule } from '../../core/rule.js';
import { visibleProse } from '../escape/visible.js';

/** A taxonomy that viewers know by a name of its own, and GitHub by tags. */
interface KnownTaxonomy {
  readonly name: string;
  readonly organization: string;
  readonly informationUri: string;
  readonly shortDescription: string;
  /** Finds the taxon's number in a control's id. */
  readonly taxon: RegExp;
  readonly taxonId: (number: string) => string;
  readonly tag: (number: string) => string;
}

const KNOWN: readonly KnownTaxonomy[] = [
  {
    name: 'CWE',
    organization: 'MITRE',
    informationUri: 'https://cwe.mitre.org/data/',
    shortDescription: 'Common Weakness Enumeration',
    taxon: /^CWE-(\d{1,5})$/i,
    taxonId: (number) => `CWE-${number}`,
    tag: (number) => `external/cwe/cwe-${number}`,
  },
  {
    name: 'OWASP NHI',
    organization: 'OWASP',
    informationUri: 'https://owasp.org/www-project-non-human-identities-top-10/',
    shortDescription: 'OWASP Non-Human Identities Top 10',
    taxon: /^NHI-?(\d{1,2})(?::\d{4})?$/i,
    taxonId: (number) => `NHI${number}`,
    tag: (number) => `owasp-nhi/NHI${number}`,
  },
];

/** A control of a standard as SARIF has it. */
interface Taxon {
  readonly taxonomy: string;
  readonly id: string;
  readonly tag?: string;
}

function taxonOf({ standard, id }: { readonly standard: string; readonly id: string }): Taxon {
  for (const { name, taxon, taxonId, tag } of KNOWN) {
    const number = taxon.exec(id.trim())?.[1];
    if (number !== undefined) return { taxonomy: name, id: taxonId(number), tag: tag(number) };
  }
  return { taxonomy: standard, id };
}

/** Tags that GitHub understands, for the standards that a rule maps to. */
export const taxonTags = (rule: Rule): readonly string[] =>
  rule.maps.flatMap((mapping) => taxonOf(mapping).tag ?? []);

/**
 * The standards that the rules refer to, with the controls that they use.
 * @param compliance what the whole audit says to standards: all controls that it lists are there then, each with its result
 */
export function taxonomiesOf(
  rules: readonly Rule[],
  compliance: readonly StandardView[] = [],
): ToolComponent[] {
  const taxa = new Map<string, Map<string, ReportingDescriptor>>();
  const add = ({ taxonomy, id }: Taxon, control?: ControlView): void => {
    const known = taxa.get(taxonomy) ?? new Map<string, ReportingDescriptor>();
    taxa.set(taxonomy, known.set(id, known.get(id) ?? { id, ...controlFields(control) }));
  };
  for (const { name: standard, controls } of compliance)
    for (const control of controls) add(taxonOf({ standard, id: control.id }), control);
  for (const mapping of rules.flatMap(({ maps }) => maps)) add(taxonOf(mapping));
  return [...taxa].toSorted(byPlace).map(([name, own]) => ({
    name,
    ...knownFields(name),
    taxa: [...own.values()].toSorted((left, right) => compareText(left.id, right.id)),
  }));
}

function controlFields(control: ControlView | undefined): Partial<ReportingDescriptor> {
  if (control === undefined) return {};
  const { title, result, rules } = control;
  return {
    ...(title === undefined ? {} : { shortDescription: { text: visibleProse(title) } }),
    properties: { result, rules },
  };
}

function knownFields(name: string): Partial<ToolComponent> {
  const known = KNOWN.find((taxonomy) => taxonomy.name === name);
  if (known === undefined) return {};
  const { organization, informationUri, shortDescription } = known;
  return { organization, informationUri, shortDescription: { text: shortDescription } };
}

/** Those that viewers know come first. */
function byPlace([left]: readonly [string, unknown], [right]: readonly [string, unknown]): number {
  const place = (name: string): number => (KNOWN.some((known) => known.name === name) ? 0 : 1);
  return place(left) - place(right) || compareText(left, right);
}

/** Links from a rule to the taxa of the run's taxonomies. */
export function relationshipsOf(
  rule: Rule,
  taxonomies: readonly ToolComponent[],
): ReportingDescriptorRelationship[] {
  return rule.maps.map((mapping) => {
    const { taxonomy, id } = taxonOf(mapping);
    const index = taxonomies.findIndex(({ name }) => name === taxonomy);
    const { strength } = mapping;
    return {
      target: { id, toolComponent: { name: taxonomy, index } },
      kinds: ['relevant'],
      properties: { strength },
    };
  });
}
