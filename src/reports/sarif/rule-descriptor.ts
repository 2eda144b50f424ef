import type { ReportingDescriptor, ToolComponent } from 'sarif';
import type { Severity } from '../../core/finding.js';
import type { Rule } from '../../core/rule.js';
import { code, prose } from '../escape/markdown.js';
import { sarifMessage } from '../escape/sarif-message.js';
import { visibleProse } from '../escape/visible.js';
import { pascalCase } from './pascal-case.js';
import { relationshipsOf, taxonTags } from './taxonomies.js';
import { TIERS, tierId } from './tier.js';

/** GitHub's limits for a rule's description and its tags. */
const MAX_DESCRIPTION = 1_024;
const MAX_TAGS = 10;

/** One rule at one severity, as code scanning shows it beside every alert. */
export function ruleDescriptor(
  rule: Rule,
  severity: Severity,
  taxonomies: readonly ToolComponent[],
): ReportingDescriptor {
  const relationships = relationshipsOf(rule, taxonomies);
  const helpUri = rule.references.find(isWebLink);
  return {
    id: tierId(rule, severity),
    name: pascalCase(tierId(rule, severity)),
    shortDescription: { text: cut(visibleProse(rule.title)) },
    fullDescription: { text: cut(visibleProse(rule.why)) },
    help: { text: helpText(rule), markdown: helpMarkdown(rule) },
    ...(helpUri === undefined ? {} : { helpUri: new URL(helpUri).href }),
    defaultConfiguration: { level: TIERS[severity].level },
    ...(relationships.length === 0 ? {} : { relationships }),
    properties: {
      tags: ['security', ...new Set(taxonTags(rule))].slice(0, MAX_TAGS),
      precision: rule.confidence,
      'security-severity': TIERS[severity].securitySeverity,
      'problem.severity': TIERS[severity].level === 'note' ? 'recommendation' : TIERS[severity].level,
    },
  };
}

const isWebLink = (text: string): boolean => /^https:\/\/[^\s]+$/.test(text) && URL.canParse(text);

const cut = (text: string): string =>
  text.length <= MAX_DESCRIPTION ? text : `${text.slice(0, MAX_DESCRIPTION - 1)}…`;

function helpText(rule: Rule): string {
  const fixes = Object.entries(rule.fix).map(([vendor, text]) => `${fixLabel(vendor)}: ${text}`);
  return [rule.why, ...fixes].map((line) => sarifMessage(line)).join('\n');
}

function helpMarkdown(rule: Rule): string {
  const fixes = Object.entries(rule.fix).map(
    ([vendor, text]) => `<p>${fixLabel(vendor)}: ${prose(text)}</p>`,
  );
  const when = `<p>Judged by ${code(rule.when)}</p>`;
  return [`<p>${prose(rule.why)}</p>`, ...fixes, when].join('\n');
}

const fixLabel = (vendor: string): string => (vendor === 'default' ? 'Next step' : `Next step at ${vendor}`);
