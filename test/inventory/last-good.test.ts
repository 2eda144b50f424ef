import { describe, expect, it } from 'vitest';
import { known, unknown } from '../../src/core/fact.js';
import { withLastGood } from '../../src/inventory/last-good.js';
import { aKey, instant } from '../support/audit-result.js';
import { anInventory } from '../support/an-inventory.js';

const last = anInventory('2026-11-10T22:00:00Z', {
  v: { keys: { a: { name: known('old name'), live: known(true) }, b: {} } },
  w: { keys: { c: {} } },
});
const limit = { asOf: instant('2026-11-15T03:00:00Z'), days: 7 };

describe('the last whole reading of a source', () => {
  it('stands in for one that failed, and everybody is told', () => {
    const now = anInventory('2026-11-15', { v: { status: 'failed' }, w: { keys: { c: {}, d: {} } } });
    const { inventory, notes } = withLastGood(now, last, limit);
    expect(inventory.keys.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd']);
    expect(inventory.coverage[0]).toMatchObject({
      source: 'v',
      status: 'partial',
      readAt: '2026-11-10T22:00:00.000Z',
      reason: 'the server answered 500. Judged as it was on 2026-11-10.',
    });
    expect(inventory.coverage[1]).toEqual(now.coverage[1]);
    expect(notes).toEqual([
      'v could not be read whole: where this run saw nothing, it is judged as it was on 2026-11-10 (5 days ago).',
    ]);
  });

  it('fills what this run did not see of a source that it read in part, and nothing else', () => {
    const now = anInventory('2026-11-15', {
      v: {
        status: 'partial',
        keys: {
          a: { name: known('new name'), live: unknown('no answer'), access: unknown('left out') },
          n: {},
        },
      },
    });
    const { inventory } = withLastGood(now, last, limit);
    expect(inventory.keys.map(({ id }) => id)).toEqual(['a', 'b', 'n']);
    expect(inventory.keys[0]).toMatchObject({
      name: known('new name'),
      live: known(true),
      access: known('write'),
    });
  });

  it('brings no declaration back: what people write down is read anew', () => {
    const { declared } = aKey();
    const before = anInventory('2026-11-14', { v: { keys: { a: { declared } } } });
    const now = anInventory('2026-11-15', { v: { status: 'failed' } });
    expect(withLastGood(now, before, limit).inventory.keys[0]?.declared).toBeUndefined();
  });

  it("knows the audit's own key again, which has no id while the list cannot be read", () => {
    const before = anInventory('2026-11-14', { v: { keys: { own: { usedByAudit: true }, other: {} } } });
    const now = anInventory('2026-11-15', {
      v: { status: 'failed', keys: { 'audit-credential': { usedByAudit: true } } },
    });
    const { keys } = withLastGood(now, before, limit).inventory;
    expect(keys.map(({ id }) => id)).toEqual(['other', 'own']);
  });

  it('is not asked for when everything was read', () => {
    const now = anInventory('2026-11-15', { v: { keys: { a: {} } } });
    expect(withLastGood(now, last, limit)).toEqual({ inventory: now, notes: [] });
  });

  it.each([
    ['seven days old stands in', '2026-11-08', true],
    ['eight days old does not', '2026-11-07', false],
    ['of the same day stands in', '2026-11-15T23:00:00Z', true],
    ['of tomorrow does not', '2026-11-16', false],
  ])('that is %s', (_name, day, stands) => {
    const now = anInventory('2026-11-15', { v: { status: 'failed' } });
    const { inventory, notes } = withLastGood(now, anInventory(day, { v: { keys: { a: {} } } }), limit);
    expect(inventory.keys).toHaveLength(stands ? 1 : 0);
    expect(inventory.coverage[0]?.readAt).toBe(stands ? instant(day) : undefined);
    expect(inventory.coverage[0]?.status).toBe(stands ? 'partial' : 'failed');
    expect(notes[0]?.includes('nothing stands in')).toBe(!stands);
  });

  it('counts from its own date, not from that of the record that kept it', () => {
    const kept = anInventory('2026-11-14', { v: { readAt: '2026-11-01', keys: { a: {} } } });
    const now = anInventory('2026-11-15', { v: { status: 'failed' } });
    expect(withLastGood(now, kept, limit).notes[0]).toContain('14 days ago, and at most 7 count');
  });

  it.each([
    ['there is no record', undefined],
    ['the record does not have that source whole', anInventory('2026-11-14', { v: { status: 'partial' } })],
  ])('stands in for nothing when %s, and the note says so', (_name, record) => {
    const now = anInventory('2026-11-15', { v: { status: 'failed' } });
    const { inventory, notes } = withLastGood(now, record, limit);
    expect(inventory).toEqual(now);
    expect(notes[0]).toContain('no earlier inventory of it is kept');
  });
});
