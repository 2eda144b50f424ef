import type { Finding } from '../../core/finding.js';
import type { AuditResult } from '../../core/result.js';
import { html } from '../escape/html.js';
import { prose } from '../escape/markdown.js';
import { type FindingGroup, groupByRule } from '../words/group-findings.js';
import { counted } from '../words/number-text.js';
import { ownersPhrase } from '../words/owners-phrase.js';
import { activeFindings } from '../words/select-findings.js';
import { subjectPhrase } from '../words/subject-phrase.js';
import { type Block, block, heading, table } from './block.js';
import { phraseMarkup } from './phrase-markup.js';

/** What fits on a reviewer's first screen. */
const WORST = 10;

/** The worst findings with owner and exact next step; findings that say the same share a row. */
export function* worstSection({ findings }: AuditResult): Generator<Block> {
  const groups = groupByRule(activeFindings(findings));
  if (groups.length === 0) return;
  yield heading('The worst findings, rule by rule');
  const rows = groups.slice(0, WORST).map(row);
  yield block(table(['Severity', 'Finding', 'Owner', 'Next step'], rows));
}

function row(group: FindingGroup): readonly string[] {
  const { first, findings, severity, owners, rule } = group;
  const others = findings.length - 1;
  const more = others === 0 ? '' : `<br>and ${counted(others, 'other')} like it, below`;
  return [
    severity,
    `<b>${html(rule)}</b>: ${phraseMarkup(subjectPhrase(first.subject))}<br>${prose(first.message)}${more}`,
    phraseMarkup(ownersPhrase(owners)),
    nextStep(first),
  ];
}

const nextStep = ({ fix }: Finding): string => prose(fix);
