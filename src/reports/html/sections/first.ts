import type { AuditResult } from '../../../core/result.js';
import { type FirstStep, firstSteps } from '../../words/first-steps.js';
import { counted } from '../../words/number-text.js';
import { subjectPhrase } from '../../words/subject-phrase.js';
import { name, owner, phrase, severityMark, text } from '../page/markup.js';

const SHOWN = 6;
/** Further rules of one key that are named. */
const NAMED = 6;

/** Key by key, the worst combination first: what it is, why it is first, what to do. */
export function firstSection(result: AuditResult): string {
  const steps = firstSteps(result, SHOWN);
  if (steps.length === 0) return '';
  const left = (result.risks?.length ?? 0) - steps.length;
  const rest =
    left > 0
      ? `<p class="muted">${counted(left, 'further key or project', 'further keys and projects')} below.</p>`
      : '';
  return `<section aria-labelledby="first"><h2 id="first">What to do first, key by key</h2>\n${steps.map(card).join('\n')}\n${rest}</section>\n`;
}

function card({ risk, worst, others, because }: FirstStep): string {
  const named = others.slice(0, NAMED).map(({ rule }) => name(rule));
  const left = others.length - named.length;
  const rest = left > 0 ? ` and ${counted(left, 'other')}` : '';
  const also = named.length === 0 ? '' : `<p class="muted">Also: ${named.join(', ')}${rest}.</p>`;
  return [
    `<div class="card ${risk.severity}"><h3>${severityMark(risk.severity)} ${phrase(subjectPhrase(risk.subject))}</h3>`,
    `<p>${text(because)} Owner: ${owner(risk.owner)}.</p>`,
    `<p>${name(worst.rule)}: ${text(worst.message)}</p>${also}`,
    `<p class="next"><b>Next step:</b> ${text(worst.fix)}</p></div>`,
  ].join('\n');
}
