import { describe, expect, it } from 'vitest';
import { forecast, forecastDay } from '../../src/findings/forecast.js';
import { aFinding, instant } from '../support/audit-result.js';

const until = instant('2026-11-22');
const suppressed = {
  status: 'suppressed',
  suppression: { reason: 'migration', statement: 'Moves', owner: 'team-web', expires: '2026-11-20' },
} as const;

describe('a forecast', () => {
  it.each([
    ['passes today', undefined, aFinding(), 'fails-then'],
    ['cannot be judged today', aFinding({ verdict: 'unknown' }), aFinding(), 'fails-then'],
    ['weighs more then', aFinding(), aFinding({ severity: 'high' }), 'weighs-more'],
    ['is suppressed until then', aFinding(suppressed), aFinding(), 'suppression-ends'],
    ['fails today already', aFinding(), aFinding(), undefined],
    ['is known today already', aFinding({ status: 'known' }), aFinding({ status: 'known' }), undefined],
    ['weighs less then', aFinding({ severity: 'high' }), aFinding(), undefined],
    ['is still suppressed then', undefined, aFinding(suppressed), undefined],
    ['cannot be judged then', undefined, aFinding({ verdict: 'unknown' }), undefined],
  ] as const)('of what %s', (_what, today, later, expected) => {
    const { coming } = forecast(today === undefined ? [] : [today], [later], until);
    expect(coming).toEqual(expected === undefined ? [] : [{ finding: later, because: expected }]);
  });

  it('looks a week ahead unless another day is asked for', () => {
    expect(forecastDay(instant('2026-11-15'), undefined)).toBe(until);
    expect(forecastDay(instant('2026-11-15'), instant('2027-01-01'))).toBe(instant('2027-01-01'));
  });
});
