import { DAY_MS, type Instant, instantFromMs } from '../core/instant.js';

/** The day that the sandbox plays; every date of the seeded company is counted back from its first moment. */
export const SANDBOX_AS_OF = '2026-11-01';

const AS_OF_MS = Date.parse(`${SANDBOX_AS_OF}T00:00:00Z`);

/**
 * @param days before the reference date; negative = after it.
 * @param minuteOfDay 0 to 1439, so that not everything happens at midnight.
 */
export function daysAgo(days: number, minuteOfDay = 0): Instant {
  const instant = instantFromMs(AS_OF_MS - days * DAY_MS + minuteOfDay * 60_000);
  if (instant === undefined) throw new RangeError(`no date lies ${days} days before ${SANDBOX_AS_OF}`);
  return instant;
}
