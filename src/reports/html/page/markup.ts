import type { Severity } from '../../../core/finding.js';
import { codeSpans } from '../../escape/code-spans.js';
import { html } from '../../escape/html.js';
import { visibleName, visibleProse } from '../../escape/visible.js';
import { type Phrase, phraseText } from '../../words/phrase.js';

/** Untrusted sentences as markup; what stands between backticks as code. */
export const text = (untrusted: string): string =>
  codeSpans(visibleProse(untrusted))
    .map((span) => (span.code ? `<code>${html(span.text)}</code>` : html(span.text)))
    .join('');

/** An untrusted name as markup, set apart from our own words. */
export const name = (untrusted: string): string => `<code>${html(visibleName(untrusted))}</code>`;

export const phrase = (words: Phrase): string => phraseText(words, { plain: html, quoted: name });

export const owner = (who: string | null): string => (who === null ? 'nobody' : name(who));

export const severityMark = (severity: Severity): string =>
  `<span class="sev ${severity}">${severity}</span>`;

/** A table whose cells are markup already; columns of numbers are named by their index. */
export function tableMarkup(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  numbers: readonly number[] = [],
): string {
  const tag = (kind: 'th' | 'td', cell: string, column: number): string => {
    const scope = kind === 'th' ? ' scope="col"' : '';
    return `<${kind}${scope}${numbers.includes(column) ? ' class="number"' : ''}>${cell}</${kind}>`;
  };
  const line = (kind: 'th' | 'td', cells: readonly string[]): string =>
    `<tr>${cells.map((cell, column) => tag(kind, cell, column)).join('')}</tr>`;
  const body = rows.map((row) => line('td', row)).join('\n');
  return `<table><thead>${line('th', head)}</thead><tbody>\n${body}\n</tbody></table>\n`;
}
