import type { AuditResult } from '../../core/result.js';
import { html } from '../escape/html.js';
import { code, prose } from '../escape/markdown.js';
import { type FirstStep, firstSteps } from '../words/first-steps.js';
import { counted, numberText } from '../words/number-text.js';
import { subjectPhrase } from '../words/subject-phrase.js';
import { type Block, block, heading, table } from './block.js';
import { ownerMarkup, phraseMarkup } from './phrase-markup.js';

/** What a reviewer with five minutes can take in. */
const SHOWN = 8;
/** Further rules of one key that are named. */
const NAMED = 6;

/** Key by key, the worst combination first: what it is, why it is first, what to do. */
export function* firstSection(result: AuditResult): Generator<Block> {
  const steps = firstSteps(result, SHOWN);
  if (steps.length === 0) return;
  yield heading('What to do first, key by key');
  yield block(table(['', 'What it is', 'Why it is first', 'What to do'], steps.map(row)));
  const left = (result.risks?.length ?? 0) - steps.length;
  if (left > 0)
    yield block([
      `${counted(left, 'further key or project', 'further keys and projects')} follow in keyaudit.json, in this order.`,
    ]);
}

function row({ risk, worst, others, because }: FirstStep, index: number): readonly string[] {
  const named = others.slice(0, NAMED).map(({ rule }) => code(rule));
  const left = others.length - named.length;
  const more =
    named.length === 0
      ? ''
      : `<br>also ${named.join(', ')}${left > 0 ? ` and ${numberText(left)} more` : ''}`;
  return [
    numberText(index + 1),
    `${phraseMarkup(subjectPhrase(risk.subject))}<br>owner: ${ownerMarkup(risk.owner)}`,
    `<b>${risk.severity}</b> ${html(worst.rule)}<br>${prose(because)}${more}`,
    prose(worst.fix),
  ];
}
