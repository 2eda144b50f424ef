import type { AuditResult } from '../../core/result.js';
import { visibleProse } from '../escape/visible.js';
import { type FindingGroup, groupByRule } from '../words/group-findings.js';
import { counted } from '../words/number-text.js';
import { ownersPhrase } from '../words/owners-phrase.js';
import { activeFindings } from '../words/select-findings.js';
import { subjectPhrase } from '../words/subject-phrase.js';
import { phraseLine } from '../words/phrase-line.js';
import type { Screen } from './screen.js';
import { SEVERITY_COLOURS } from './severity-colour.js';
import { wrap } from './wrap.js';

const WORST = 5;

export function worstLines({ findings }: AuditResult, screen: Screen): readonly string[] {
  const groups = groupByRule(activeFindings(findings));
  if (groups.length === 0) return [];
  const shown = groups.slice(0, WORST);
  const left = groups.slice(WORST).reduce((sum, group) => sum + group.findings.length, 0);
  return [
    screen.paint('bold', 'The worst, and what to do now'),
    ...shown.flatMap((group) => groupLines(group, screen)),
    ...(left === 0 ? [] : [`  ${counted(left, 'further finding')} in the reports`]),
  ];
}

function groupLines(group: FindingGroup, { width, paint }: Screen): readonly string[] {
  const { first, findings, severity, owners, rule } = group;
  const others = findings.length - 1;
  const more = others === 0 ? '' : ` and ${counted(others, 'other')} like it`;
  const who = `owner: ${phraseLine(ownersPhrase(owners))}`;
  return [
    `  ${paint(SEVERITY_COLOURS[severity], severity)} ${paint('bold', rule)} ${paint('dim', who)}`,
    ...wrap(`${phraseLine(subjectPhrase(first.subject))}${more}`, width, '    '),
    ...wrap(visibleProse(first.message), width, '    '),
    ...wrap(`Next: ${visibleProse(first.fix)}`, width, '    '),
  ];
}
