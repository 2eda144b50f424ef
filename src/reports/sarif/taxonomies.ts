import type { ReportingDescriptorRelationship, ToolComponent } from 'sarif';
import type { Rule, RuleMapping } from '../../core/rule.js';
import { compareText } from '../../core/compare-text.js';

interface Taxonomy {
  readonly name: string;
  readonly organization: string;
  readonly informationUri: string;
  readonly shortDescription: string;
  /** Finds the taxon's number in a mapping's id. */
  readonly taxon: RegExp;
  readonly taxonId: (number: string) => string;
  readonly tag: (number: string) => string;
}

const TAXONOMIES: readonly Taxonomy[] = [
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

interface Match {
  readonly taxonomy: Taxonomy;
  readonly number: string;
}

function matchesOf(mapping: RuleMapping): readonly Match[] {
  return TAXONOMIES.flatMap((taxonomy) => {
    const number = taxonomy.taxon.exec(mapping.id.trim())?.[1];
    return number === undefined ? [] : [{ taxonomy, number }];
  });
}

/** Tags that GitHub understands, for the standards that a rule maps to. */
export const taxonTags = (rule: Rule): readonly string[] =>
  rule.maps.flatMap(matchesOf).map(({ taxonomy, number }) => taxonomy.tag(number));

/** The taxonomies that the rules refer to, with exactly the taxa that they use. */
export function taxonomiesOf(rules: readonly Rule[]): ToolComponent[] {
  const matches = rules.flatMap((rule) => rule.maps.flatMap(matchesOf));
  return TAXONOMIES.flatMap((taxonomy) => {
    const own = matches.filter((match) => match.taxonomy === taxonomy);
    const ids = [...new Set(own.map(({ number }) => taxonomy.taxonId(number)))].toSorted(compareText);
    if (ids.length === 0) return [];
    const { name, organization, informationUri, shortDescription } = taxonomy;
    const described = { text: shortDescription };
    return [
      { name, organization, informationUri, shortDescription: described, taxa: ids.map((id) => ({ id })) },
    ];
  });
}

/** Links from a rule to the taxa of the run's taxonomies. */
export function relationshipsOf(
  rule: Rule,
  taxonomies: readonly ToolComponent[],
): ReportingDescriptorRelationship[] {
  return rule.maps.flatMap((mapping) =>
    matchesOf(mapping).map(({ taxonomy, number }) => ({
      target: {
        id: taxonomy.taxonId(number),
        toolComponent: {
          name: taxonomy.name,
          index: taxonomies.findIndex((component) => component.name === taxonomy.name),
        },
      },
      kinds: ['relevant'],
    })),
  );
}
