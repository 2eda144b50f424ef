import { dateOf, daysBetween, type Instant, parseInstant } from '../core/instant.js';

/** Calendar days (UTC) from one day to another: 0 on the same day whatever the hours, negative when `from` is later. */
export function calendarDays(from: Instant, to: Instant): number {
  return daysBetween(midnight(from), midnight(to));
}

const midnight = (instant: Instant): Instant => parseInstant(dateOf(instant)) ?? instant;
