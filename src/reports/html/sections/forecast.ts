import type { Coming } from '../../../core/forecast.js';
import type { AuditResult } from '../../../core/result.js';
import { becauseWords, forecastSummary, forecastTitle } from '../../words/coming-phrase.js';
import { subjectPhrase } from '../../words/subject-phrase.js';
import { name, owner, phrase, severityMark, tableMarkup, text } from '../page/markup.js';

/** What fails soon although it passes today: the number, and folded, which and what to do. */
export function forecastSection({ forecast }: AuditResult): string {
  if (forecast === undefined || forecast.coming.length === 0) return '';
  const head = ['Severity', 'Finding', 'Today', 'Owner', 'Next step'];
  return [
    `<section aria-labelledby="forecast"><h2 id="forecast">${text(forecastTitle(forecast))}</h2>`,
    `<p>${text(forecastSummary(forecast))}</p>`,
    `<details><summary>Which, and what to do</summary>${tableMarkup(head, forecast.coming.map(row))}</details>`,
    '</section>\n',
  ].join('\n');
}

function row(coming: Coming): readonly string[] {
  const { severity, rule, subject, message, owner: who, fix } = coming.finding;
  const what = `${name(rule)}: ${phrase(subjectPhrase(subject))}<br>${text(message)}`;
  return [severityMark(severity), what, becauseWords(coming), owner(who), text(fix)];
}
