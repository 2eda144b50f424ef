import type { Coming, ComingBecause, Forecast } from '../../core/forecast.js';
import { dateOf } from '../../core/instant.js';
import { counted } from './number-text.js';

export const forecastTitle = ({ until }: Forecast): string => `Will fail before ${dateOf(until)}`;

const BECAUSE_WORDS = {
  'fails-then': 'passes today',
  'weighs-more': 'weighs less today',
  'suppression-ends': 'is suppressed today',
} as const satisfies Record<ComingBecause, string>;

export const becauseWords = ({ because }: Coming): string => BECAUSE_WORDS[because];

/** `3 findings are coming if nothing is done: 1 high, 2 medium.` */
export function forecastSummary({ coming }: Forecast): string {
  const severities = [...new Set(coming.map(({ finding }) => finding.severity))];
  const numbers = severities.map(
    (severity) => `${coming.filter(({ finding }) => finding.severity === severity).length} ${severity}`,
  );
  const verb = coming.length === 1 ? 'comes' : 'come';
  return `${counted(coming.length, 'finding')} ${verb} if nothing is done: ${numbers.join(', ')}.`;
}
