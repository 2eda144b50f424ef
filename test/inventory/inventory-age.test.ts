import { describe, expect, it } from 'vitest';
import { withAgeChecked } from '../../src/inventory/inventory-age.js';
import { instant } from '../support/audit-result.js';
import { anInventory } from '../support/an-inventory.js';

const checked = (collected: string, asOf: string, sources = { v: { keys: { a: {} } } }) =>
  withAgeChecked(anInventory(collected, sources), { asOf: instant(asOf), maxAgeDays: 8 });

const holes = (...args: Parameters<typeof checked>) =>
  checked(...args).coverage.filter(({ status }) => status !== 'complete');

describe('a recorded inventory', () => {
  it.each([
    ['of the day that is judged', '2026-11-15T14:00:00Z', '2026-11-15'],
    ['of eight days before', '2026-11-07T00:00:00Z', '2026-11-15T23:59:59Z'],
    ['of years ago, judged as of its own day', '2024-02-29T12:00:00Z', '2024-03-01'],
  ])('%s is used as it is', (_name, collected, asOf) => {
    expect(holes(collected, asOf)).toEqual([]);
  });

  it('of nine days before is a hole that names its age and what to do', () => {
    expect(holes('2026-11-06T23:59:00Z', '2026-11-15')).toMatchObject([
      { source: 'v', kind: 'vendor', status: 'partial', seen: 1 },
    ]);
    expect(holes('2026-11-06T23:59:00Z', '2026-11-15')[0]?.reason).toMatch(
      /2026-11-06, 9 days before 2026-11-15.*8 days.*keyaudit collect/,
    );
  });

  it('of a day after the one that is judged is a hole', () => {
    expect(holes('2026-11-16T00:00:00Z', '2026-11-15T23:00:00Z')[0]?.reason).toMatch(
      /after 2026-11-15.*--as-of/,
    );
  });

  it('is a hole for each of its sources, each by its own date', () => {
    const sources = { v: { keys: { a: {} } }, w: { readAt: '2026-10-01', keys: { a: {} } } };
    expect(holes('2026-11-15', '2026-11-15', sources).map(({ source }) => source)).toEqual(['w']);
  });

  it('keeps everything that it has', () => {
    const { keys, coverage } = checked('2026-01-01', '2026-11-15');
    expect(keys).toHaveLength(1);
    expect(coverage.map(({ status }) => status)).toEqual(['complete', 'partial']);
  });
});
