import type { Finding } from '../../../core/finding.js';
import { html } from '../../escape/html.js';
import { counted, numberText } from '../../words/number-text.js';
import { subjectPhrase } from '../../words/subject-phrase.js';
import { keyAnchor, leakAnchor } from '../page/key-anchor.js';
import { owner, phrase, severityMark, text } from '../page/markup.js';

/** A browser that lays out more rows than this is no fun to use; the JSON and the CSV have all. */
const MAX_ROWS = 20_000;

const HEAD = ['Severity', 'Rule', 'Whom', 'What, and what to do', 'Owner', 'Status'];

/** Every finding in one table, worst first; script adds filters and sorting. */
export function* findingsList(findings: readonly Finding[]): Generator<string> {
  yield '<section aria-labelledby="findings"><h2 id="findings">All findings</h2>\n';
  if (findings.length === 0) yield '<p>There are none.</p>';
  else yield* table(findings);
  yield '</section>\n';
}

function* table(findings: readonly Finding[]): Generator<string> {
  const left = findings.length - MAX_ROWS;
  if (left > 0) {
    yield `<p>The first ${numberText(MAX_ROWS)}, worst first; ${counted(left, 'finding')} more in keyaudit.json.</p>`;
  }
  yield FILTERS;
  yield `<div class="scroll" tabindex="0" role="region" aria-label="List of findings"><table class="findings"><thead><tr>`;
  yield HEAD.map((title) => `<th scope="col">${title}</th>`).join('');
  yield '</tr></thead><tbody>\n';
  for (const finding of findings.slice(0, MAX_ROWS)) yield row(finding);
  yield '</tbody></table></div>\n';
}

const choice = (label: string, column: number, keepOrder: boolean): string =>
  `<label>${label}<select data-column="${column}"${keepOrder ? ' data-keep' : ''}><option value="">all</option></select></label>`;

/** Hidden until the script that makes it work has run. */
const FILTERS = [
  '<form class="filters" hidden><label>Search<input name="search" type="search" autocomplete="off"></label>',
  choice('Severity', 0, true),
  choice('Rule', 1, false),
  choice('Owner', 4, false),
  choice('Status', 5, false),
  '<output id="shown" aria-live="polite"></output></form>\n',
].join('');

function row({ severity, rule, subject, message, fix, owner: who, status, verdict, id }: Finding): string {
  const state = verdict === 'unknown' && status !== 'suppressed' ? 'could not be judged' : status;
  const cells = [
    severityMark(severity),
    html(rule),
    `<a href="#${anchorOf(subject)}">${phrase(subjectPhrase(subject))}</a>`,
    `${text(message)}<div class="next">${text(fix)}</div>`,
    owner(who),
    state,
  ];
  return `<tr id="finding-${id}">${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>\n`;
}

function anchorOf({ kind, source, id, fingerprint }: Finding['subject']): string {
  if (kind === 'leak' && fingerprint !== undefined) return leakAnchor(fingerprint);
  return kind === 'source' ? 'findings' : keyAnchor(source, id);
}
