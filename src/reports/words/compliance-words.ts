import type { ControlResult, ControlView, StandardExtent, StandardView } from '../../core/compliance.js';
import { counted } from './number-text.js';

export const RESULT_WORDS = {
  broken: 'broken',
  'not-known': 'not known',
  'nothing-found': 'nothing found',
  'not-covered': 'not covered',
} as const satisfies Record<ControlResult, string>;

const EXTENT_WORDS = {
  all: '',
  'about-keys': ' of those that concern keys, by our selection',
  mapped: ' of those that rules map to; what is not listed says nothing',
} as const satisfies Record<StandardExtent, string>;

/** What the whole section means, so that nobody takes it for a certificate. */
export const COMPLIANCE_MEANING =
  'What this run says to the controls of standards. A rule that finds nothing does not prove a control; a control is ' +
  'not known where its rules could not judge everything or only suspect, and not covered where no rule speaks to it, or only a related one.';

/** `SOC 2: 2 broken, 1 not known, 3 not covered of 6 controls …` */
export function standardSummary({ name, extent, controls }: StandardView): string {
  const parts = Object.entries(RESULT_WORDS).flatMap(([result, words]) => {
    const count = controls.filter((control) => control.result === result).length;
    return count === 0 ? [] : [`${count} ${words}`];
  });
  return `${name}: ${parts.join(', ')}; ${counted(controls.length, 'control')}${EXTENT_WORDS[extent]}`;
}

/** `leaked-live (direct), key-file-in-tree (partial)`; for plain text. */
export const rulesText = ({ rules }: ControlView): string =>
  rules.map(({ id, strength }) => `${id} (${strength})`).join(', ');

export const controlName = ({ id, title }: ControlView): string =>
  title === undefined ? id : `${id} ${title}`;
