import type { AuditResult } from '../../../core/result.js';
import { driftEntries, driftSummary } from '../../words/drift-phrase.js';
import { phrase, tableMarkup, text } from '../page/markup.js';

/** What changed since the last run; nothing where there is no earlier record. */
export function driftSection({ drift }: AuditResult): string {
  if (drift === undefined) return '';
  const rows = driftEntries(drift).map((entry) => [entry.what, phrase(entry.phrase)]);
  return [
    '<section aria-labelledby="drift"><h2 id="drift">What changed since the last run</h2>',
    `<p>${text(driftSummary(drift))}</p>`,
    rows.length === 0 ? '' : tableMarkup(['What', 'Key'], rows),
    '</section>\n',
  ].join('\n');
}
