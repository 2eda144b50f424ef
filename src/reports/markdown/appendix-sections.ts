import type { Finding } from '../../core/finding.js';
import type { AuditResult } from '../../core/result.js';
import { code, prose } from '../escape/markdown.js';
import { type GapGroup, groupedGaps } from '../words/grouped-gaps.js';
import { numberText } from '../words/number-text.js';
import { suppressedFindings } from '../words/select-findings.js';
import { subjectPhrase } from '../words/subject-phrase.js';
import { type Block, block, heading, table } from './block.js';
import { phraseMarkup } from './phrase-markup.js';

const ROWS_A_BLOCK = 50;

/** Findings that somebody decided to live with: kept, with who decided, why, and until when. */
export function* suppressedSection({ findings }: AuditResult): Generator<Block> {
  const suppressed = suppressedFindings(findings);
  if (suppressed.length === 0) return;
  yield heading('Suppressed');
  for (let from = 0; from < suppressed.length; from += ROWS_A_BLOCK) {
    const part = suppressed.slice(from, from + ROWS_A_BLOCK);
    const head = ['Severity', 'Finding', 'Because', 'Decided by', 'Until'];
    yield block(table(head, part.map(suppressedRow)), part.length);
  }
}

function suppressedRow({ severity, rule, subject, suppression }: Finding): readonly string[] {
  const { reason = '', statement = '', owner = '', expires = '' } = suppression ?? {};
  const whom = `${code(rule)}: ${phraseMarkup(subjectPhrase(subject))}`;
  return [severity, whom, `${code(reason)} ${prose(statement)}`, code(owner), code(expires)];
}

/** What a vendor cannot express, once per vendor: nobody needs to read it for every key. */
export function* gapsSection({ gaps }: AuditResult): Generator<Block> {
  if (gaps.length === 0) return;
  yield heading('What the vendors cannot tell');
  yield block(table(['Vendor', 'Why', 'Rules that need it', 'Concerns'], groupedGaps(gaps).map(gapRow)));
}

const gapRow = ({ vendor, rules, reason, subjects }: GapGroup): readonly string[] => [
  code(vendor),
  prose(reason),
  rules.map(code).join(', '),
  numberText(subjects),
];

export function* notesSection({ notes }: AuditResult): Generator<Block> {
  if (notes.length === 0) return;
  yield heading('Notes on this run');
  yield block(['<ul>', ...notes.map((note) => `<li>${prose(note)}</li>`), '</ul>']);
}
