/** A point in time in UTC, always written `YYYY-MM-DDTHH:mm:ss.sssZ`, so that text order is time order. */
export type Instant = string & { readonly __brand: 'Instant' };

export const DAY_MS = 86_400_000;

const SHAPE =
  /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|z|[+-]\d{2}:?\d{2}))?$/;

/**
 * Reads an RFC 3339 date-time (an offset is required) or a plain date, which means its first moment in UTC.
 * Answers undefined for anything else, and for dates that the calendar does not have (30 February).
 */
export function parseInstant(text: string): Instant | undefined {
  const match = text.length <= 40 ? SHAPE.exec(text) : null;
  if (match === null) return undefined;
  const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '', zone = 'Z'] = match;
  if (!isCalendarDate(Number(year), Number(month), Number(day))) return undefined;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const offset =
    zone.length > 1 && !zone.includes(':') ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone.toUpperCase();
  if (offset !== 'Z' && (Number(offset.slice(1, 3)) > 23 || Number(offset.slice(4)) > 59)) return undefined;
  const millis = fraction.padEnd(3, '0').slice(0, 3);
  return instantFromMs(Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${millis}${offset}`));
}

function isCalendarDate(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(2000, 0, 1));
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** @param ms milliseconds since 1970 in UTC, within the years 0 to 9999; else undefined. */
export function instantFromMs(ms: number): Instant | undefined {
  if (!Number.isFinite(ms)) return undefined;
  const text = new Date(ms).toISOString();
  return text.length === 24 ? (text as Instant) : undefined;
}

export const instantToMs = (instant: Instant): number => Date.parse(instant);

/** Whole days from `from` to `to`, rounded down: 0 within the first 24 hours, negative when `from` is later. */
export function daysBetween(from: Instant, to: Instant): number {
  return Math.floor((instantToMs(to) - instantToMs(from)) / DAY_MS);
}

/** The date part, `YYYY-MM-DD`, in UTC. */
export const dateOf = (instant: Instant): string => instant.slice(0, 10);
