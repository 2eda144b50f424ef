import type { Finding } from '../../core/finding.js';
import type { AuditResult } from '../../core/result.js';
import { code, prose } from '../escape/markdown.js';
import { numberText } from '../words/number-text.js';
import { unknownFindings } from '../words/select-findings.js';
import { type Block, block, heading, table } from './block.js';

const MAX_NAMED = 5;
const ROWS_A_BLOCK = 50;

/** What could not be judged, once per rule and reason. */
export function* unknownSection({ findings }: AuditResult): Generator<Block> {
  const groups = [...byReason(unknownFindings(findings)).values()];
  if (groups.length === 0) return;
  yield heading('What could not be judged');
  for (let from = 0; from < groups.length; from += ROWS_A_BLOCK) {
    const part = groups.slice(from, from + ROWS_A_BLOCK);
    yield block(table(['Rule', 'How many', 'Why', 'Whom'], part.map(row)), part.flat().length);
  }
}

type Group = [Finding, ...Finding[]];

function byReason(findings: readonly Finding[]): ReadonlyMap<string, Group> {
  const groups = new Map<string, Group>();
  for (const finding of findings) {
    const key = JSON.stringify([finding.rule, finding.subject.source, finding.message]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  return groups;
}

function row(group: Group): readonly string[] {
  const [first] = group;
  const names = group.slice(0, MAX_NAMED).map(({ subject }) => code(subject.name ?? subject.id));
  const more = group.length > MAX_NAMED ? ` and ${numberText(group.length - MAX_NAMED)} more` : '';
  const whom = `${names.join(', ')}${more} (${code(first.subject.source)})`;
  return [code(first.rule), numberText(group.length), prose(first.message), whom];
}
