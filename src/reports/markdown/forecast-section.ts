import type { Coming } from '../../core/forecast.js';
import type { AuditResult } from '../../core/result.js';
import { code, prose } from '../escape/markdown.js';
import { becauseWords, forecastSummary, forecastTitle } from '../words/coming-phrase.js';
import { subjectPhrase } from '../words/subject-phrase.js';
import { type Block, block, heading, table } from './block.js';
import { ownerMarkup, phraseMarkup } from './phrase-markup.js';

const ROWS_A_BLOCK = 50;

/** What fails soon although it passes today: there is still time. */
export function* forecastSection({ forecast }: AuditResult): Generator<Block> {
  if (forecast === undefined || forecast.coming.length === 0) return;
  yield heading(forecastTitle(forecast));
  yield block([forecastSummary(forecast)]);
  for (let from = 0; from < forecast.coming.length; from += ROWS_A_BLOCK) {
    const part = forecast.coming.slice(from, from + ROWS_A_BLOCK);
    const rows = table(['Severity', 'Finding', 'Today', 'Owner', 'Next step'], part.map(row));
    yield block(['<details><summary>Which, and what to do</summary>', ...rows, '</details>']);
  }
}

function row(coming: Coming): readonly string[] {
  const { severity, rule, subject, message, owner, fix } = coming.finding;
  const what = `${code(rule)}: ${phraseMarkup(subjectPhrase(subject))}<br>${prose(message)}`;
  return [severity, what, becauseWords(coming), ownerMarkup(owner), prose(fix)];
}
