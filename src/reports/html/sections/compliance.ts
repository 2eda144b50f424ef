import type { ControlView, StandardView } from '../../../core/compliance.js';
import type { AuditResult } from '../../../core/result.js';
import {
  COMPLIANCE_MEANING,
  controlName,
  RESULT_WORDS,
  standardSummary,
} from '../../words/compliance-words.js';
import { name, tableMarkup, text } from '../page/markup.js';

/** Per standard what is broken and what nobody looked at; folded, because most readers look for one standard. */
export function complianceSection({ compliance = [] }: AuditResult): string {
  if (compliance.length === 0) return '';
  return [
    '<section aria-labelledby="standards"><h2 id="standards">Standards</h2>',
    `<p>${text(COMPLIANCE_MEANING)}</p>`,
    ...compliance.map(folded),
    '</section>\n',
  ].join('\n');
}

const folded = (standard: StandardView): string =>
  `<details><summary>${text(standardSummary(standard))}</summary>${tableMarkup(
    ['Control', 'Result', 'Rules'],
    standard.controls.map(row),
  )}</details>`;

const row = (control: ControlView): readonly string[] => [
  text(controlName(control)),
  RESULT_WORDS[control.result],
  control.rules.map(({ id, strength }) => `${name(id)} (${strength})`).join(', '),
];
