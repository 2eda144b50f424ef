import type { AuditResult } from '../../../core/result.js';
import { html } from '../../escape/html.js';
import { type FindingGroup, groupByRule } from '../../words/group-findings.js';
import { counted } from '../../words/number-text.js';
import { ownersPhrase } from '../../words/owners-phrase.js';
import { activeFindings } from '../../words/select-findings.js';
import { subjectPhrase } from '../../words/subject-phrase.js';
import { name, phrase, severityMark, text } from '../page/markup.js';

const WORST = 6;
/** Others of a group that are named. */
const NAMED = 5;

export function worstSection({ findings, rules }: AuditResult): string {
  const groups = groupByRule(activeFindings(findings)).slice(0, WORST);
  if (groups.length === 0) return '';
  const titles = new Map(rules.map((rule) => [rule.id, rule.title]));
  const cards = groups.map((group) => card(group, titles.get(group.rule) ?? group.rule));
  return `<section aria-labelledby="worst"><h2 id="worst">The worst findings, rule by rule</h2>\n${cards.join('\n')}\n</section>\n`;
}

function card({ first, findings, severity, rule, owners }: FindingGroup, title: string): string {
  const others = findings.slice(1, 1 + NAMED).map(({ subject }) => name(subject.name ?? subject.id));
  const left = findings.length - 1 - others.length;
  const rest = left > 0 ? ` and ${counted(left, 'other')}` : '';
  const more = others.length === 0 ? '' : `<p class="muted">The same: ${others.join(', ')}${rest}.</p>`;
  return [
    `<div class="card ${severity}"><h3>${severityMark(severity)} ${text(title)} <span class="muted">(${html(rule)})</span></h3>`,
    `<p>${phrase(subjectPhrase(first.subject))}. Owner: ${phrase(ownersPhrase(owners))}.</p>`,
    `<p>${text(first.message)}</p>${more}`,
    `<p class="next"><b>Next step:</b> ${text(first.fix)}</p></div>`,
  ].join('\n');
}
