import type { AuditResult } from '../../core/result.js';
import { prose } from '../escape/markdown.js';
import { driftEntries, driftSummary } from '../words/drift-phrase.js';
import { type Block, block, heading, table } from './block.js';
import { phraseMarkup } from './phrase-markup.js';

const ROWS_A_BLOCK = 50;

/** What changed since the last run: where reviewers look who know the rest already. */
export function* driftSection({ drift }: AuditResult): Generator<Block> {
  if (drift === undefined) return;
  yield heading('What changed since the last run');
  yield block([prose(driftSummary(drift))]);
  const rows = driftEntries(drift).map(({ what, phrase }) => [what, phraseMarkup(phrase)]);
  for (let from = 0; from < rows.length; from += ROWS_A_BLOCK) {
    yield block(table(['', 'Key'], rows.slice(from, from + ROWS_A_BLOCK)));
  }
}
