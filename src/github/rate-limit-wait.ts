import type { Clock } from '../core/run-context.js';
import { headerOf } from './header-of.js';

/** Longer waits are not worth it: the audit says what is missing, and the next run continues. Our judgement. */
export const MAX_WAIT_MS = 300_000;
export const MAX_WAITS = 3;
/** GitHub's documentation: "wait for at least one minute" where an answer tells no time. */
const UNTOLD_MS = 60_000;

/**
 * How long to wait before a refused request may be repeated, as the answer's headers tell: `Retry-After` in seconds, or, where
 * nothing is left of the limit, the time at which it starts anew.
 * @param headers of the answer, with names in lower case
 */
export function resetDelayMs(headers: unknown, clock: Pick<Clock, 'now'>): number {
  const retryAfter = headerOf(headers, 'retry-after');
  if (retryAfter !== undefined && /^\d{1,9}$/.test(retryAfter)) return Number(retryAfter) * 1_000;
  const reset = headerOf(headers, 'x-ratelimit-reset');
  if (reset === undefined || !/^\d{1,12}$/.test(reset)) return UNTOLD_MS;
  // A second more, for clocks that differ.
  return Math.max(0, Number(reset) * 1_000 - clock.now()) + 1_000;
}

/** Whether an answer asks for patience: 429, or 403 with a time, or with nothing left of the limit. */
export const asksForPatience = (status: number | undefined, headers: unknown): boolean =>
  status === 429 ||
  (status === 403 &&
    (headerOf(headers, 'retry-after') !== undefined || headerOf(headers, 'x-ratelimit-remaining') === '0'));
