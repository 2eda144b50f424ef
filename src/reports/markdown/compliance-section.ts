import type { ControlView } from '../../core/compliance.js';
import type { AuditResult } from '../../core/result.js';
import { code, prose } from '../escape/markdown.js';
import { COMPLIANCE_MEANING, controlName, RESULT_WORDS, standardSummary } from '../words/compliance-words.js';
import { type Block, block, heading, table } from './block.js';

/** Per standard what is broken and what nobody looked at; folded, because most readers look for one standard. */
export function* complianceSection({ compliance = [] }: AuditResult): Generator<Block> {
  if (compliance.length === 0) return;
  yield heading('Standards');
  yield block([`<p>${prose(COMPLIANCE_MEANING)}</p>`]);
  for (const standard of compliance) {
    yield block([
      `<details><summary>${prose(standardSummary(standard))}</summary>`,
      ...table(['Control', 'Result', 'Rules'], standard.controls.map(row)),
      '</details>',
    ]);
  }
}

const row = (control: ControlView): readonly string[] => [
  prose(controlName(control)),
  RESULT_WORDS[control.result],
  control.rules.map(({ id, strength }) => `${code(id)} (${strength})`).join(', '),
];
