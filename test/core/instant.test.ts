import { describe, expect, it } from 'vitest';
import { daysBetween, type Instant, instantFromMs, parseInstant } from '../../src/core/instant.js';

const at = (text: string): Instant => {
  const instant = parseInstant(text);
  if (instant === undefined) throw new Error(`not an instant: ${text}`);
  return instant;
};

describe('parseInstant', () => {
  it.each([
    ['a UTC time', '2024-02-05T00:00:00Z', '2024-02-05T00:00:00.000Z'],
    ['an offset east of UTC', '2024-02-05T00:00:00+01:00', '2024-02-04T23:00:00.000Z'],
    ['an offset west of UTC', '2024-02-05T23:30:00-05:30', '2024-02-06T05:00:00.000Z'],
    ['an offset without a colon', '2024-02-05T00:00:00+0100', '2024-02-04T23:00:00.000Z'],
    ['milliseconds', '2022-01-01T12:00:00.123Z', '2022-01-01T12:00:00.123Z'],
    ['nanoseconds, cut to milliseconds', '2022-01-01T12:00:00.123999999Z', '2022-01-01T12:00:00.123Z'],
    ['a plain date, as its first moment in UTC', '2025-06-01', '2025-06-01T00:00:00.000Z'],
    ['a leap day', '2024-02-29', '2024-02-29T00:00:00.000Z'],
    ['minutes without seconds', '2024-02-05T10:20Z', '2024-02-05T10:20:00.000Z'],
  ])('reads %s', (_case, text, expected) => {
    expect(parseInstant(text)).toBe(expected);
  });

  it.each([
    ['a leap day of a common year', '2023-02-29'],
    ['the 31st of a short month', '2024-04-31T00:00:00Z'],
    ['month 13', '2024-13-01'],
    ['hour 24', '2024-01-01T24:00:00Z'],
    ['a time without an offset', '2024-01-01T00:00:00'],
    ['an offset of 24 hours', '2024-01-01T00:00:00+24:00'],
    ['a number of seconds', '1700000000'],
    ['words', 'yesterday'],
    ['nothing', ''],
    ['a date with a tail', '2024-01-01T00:00:00Z and more'],
    ['a very long text', '2024-01-01'.repeat(1000)],
  ])('refuses %s', (_case, text) => {
    expect(parseInstant(text)).toBeUndefined();
  });
});

describe('instantFromMs', () => {
  it('refuses what no four-digit year can hold', () => {
    expect(instantFromMs(Number.NaN)).toBeUndefined();
    expect(instantFromMs(8.64e15)).toBeUndefined();
  });
});

describe('daysBetween', () => {
  it.each([
    ['the same moment', '2024-03-01', '2024-03-01', 0],
    ['a millisecond short of a day', '2024-03-01T00:00:00Z', '2024-03-01T23:59:59.999Z', 0],
    ['exactly a day', '2024-03-01T00:00:00Z', '2024-03-02T00:00:00Z', 1],
    ['over a leap day', '2024-02-28', '2024-03-01', 2],
    ['over the end of February in a common year', '2023-02-28', '2023-03-01', 1],
    ['a moment in the future', '2024-03-02', '2024-03-01T23:59:59Z', -1],
    ['two offsets that name the same moment', '2024-02-05T00:00:00+01:00', '2024-02-04T23:00:00Z', 0],
  ])('counts whole days over %s', (_case, from, to, days) => {
    expect(daysBetween(at(from), at(to))).toBe(days);
  });
});
