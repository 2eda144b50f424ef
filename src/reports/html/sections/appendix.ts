import type { Finding } from '../../../core/finding.js';
import type { AuditResult } from '../../../core/result.js';
import { judgementsText } from '../../words/judgements-text.js';
import { groupedGaps } from '../../words/grouped-gaps.js';
import { numberText } from '../../words/number-text.js';
import { suppressedFindings } from '../../words/select-findings.js';
import { subjectPhrase } from '../../words/subject-phrase.js';
import { name, phrase, severityMark, tableMarkup, text } from '../page/markup.js';

/** What was decided, what vendors cannot tell, notes, and the sum that a reader can check. */
export function* appendix(result: AuditResult): Generator<string> {
  const suppressed = suppressedFindings(result.findings);
  if (suppressed.length > 0) {
    const head = ['Severity', 'Finding', 'Because', 'Decided by', 'Until'];
    yield part('suppressed', 'Suppressed', tableMarkup(head, suppressed.map(suppressedRow)));
  }
  if (result.gaps.length > 0) {
    const rows = groupedGaps(result.gaps).map(({ vendor, rules, reason, subjects }) => [
      name(vendor),
      text(reason),
      rules.map(name).join(' '),
      numberText(subjects),
    ]);
    const head = ['Vendor', 'Why', 'Rules that need it', 'Concerns'];
    yield part('gaps', 'What the vendors cannot tell', tableMarkup(head, rows, [3]));
  }
  if (result.notes.length > 0) {
    const items = result.notes.map((note) => `<li>${text(note)}</li>`).join('');
    yield part('notes', 'Notes on this run', `<ul>${items}</ul>`);
  }
  yield part('counts', 'The sum', `<p>${judgementsText(result.counts)}</p>`);
}

const part = (id: string, title: string, body: string): string =>
  `<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>${body}</section>\n`;

function suppressedRow({ severity, rule, subject, suppression }: Finding): readonly string[] {
  const { reason = '', statement = '', owner = '', expires = '' } = suppression ?? {};
  return [
    severityMark(severity),
    `${name(rule)}: ${phrase(subjectPhrase(subject))}`,
    `${name(reason)} ${text(statement)}`,
    name(owner),
    name(expires),
  ];
}
