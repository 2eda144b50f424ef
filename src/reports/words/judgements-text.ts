import type { Counts } from '../../core/result.js';
import { counted, numberText } from './number-text.js';

/** The sum of all judgements, so that a reader can check it. */
export function judgementsText({ judgements, byVerdict }: Counts): string {
  const parts = [
    `${numberText(byVerdict.fail)} failed`,
    `${numberText(byVerdict.pass)} passed`,
    `${numberText(byVerdict.unknown)} could not be judged`,
    `${numberText(byVerdict['not-applicable'])} do not apply`,
  ];
  return `${counted(judgements, 'judgement')}: ${parts.join(' + ')}.`;
}
