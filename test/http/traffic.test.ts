import { describe, expect, it } from 'vitest';
import { SOURCE_BUDGET } from '../../src/http/rate-limit.js';
import { Traffic } from '../../src/http/traffic.js';

const MIB = 1024 * 1024;

describe('what one source may cost', () => {
  it('is enough for the largest account that was thought of: 10,000 projects', () => {
    const traffic = new Traffic();
    for (let request = 0; request < 31_100; request += 1) {
      traffic.sent();
      traffic.received(1_300, 4_000);
    }
    expect(traffic.overspent).toBeUndefined();
  });

  it.each<[string, number, (traffic: Traffic) => void, RegExp]>([
    ['requests that never end', SOURCE_BUDGET.requests, (traffic) => traffic.sent(), /requests$/],
    ['answers of the greatest size', 17, (traffic) => traffic.received(16 * MIB, 100), /bytes of answers/],
    ['answers that drip', 25, (traffic) => traffic.received(30, 30_000), /slow answers/],
  ])('ends with %s', (_what, times, spend, reason) => {
    const traffic = new Traffic();
    for (let time = 0; time < times; time += 1) {
      expect(traffic.overspent).toBeUndefined();
      spend(traffic);
    }
    expect(traffic.overspent).toMatch(reason);
  });

  it('holds the records of the largest account, and ends with many more', () => {
    const traffic = new Traffic();
    expect(traffic.takeRecords(60_000)).toBe(true);
    expect(traffic.takeRecords(40_000)).toBe(true);
    expect(traffic.takeRecords(1)).toBe(false);
  });
});
