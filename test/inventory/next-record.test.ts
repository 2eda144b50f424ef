import { describe, expect, it } from 'vitest';
import type { Inventory } from '../../src/core/inventory.js';
import { driftBetween } from '../../src/inventory/drift.js';
import { nextRecord } from '../../src/inventory/next-record.js';
import { readInventory, writeInventory } from '../../src/inventory/record.js';
import { anInventory } from '../support/an-inventory.js';

const refs = (inventory: Inventory | undefined) => inventory?.keys.map(({ source, id }) => `${source}/${id}`);

const first = anInventory('2026-11-01', { v: { keys: { a: {}, b: {} } }, w: { keys: { c: {} } } });

describe('what is kept for the next run', () => {
  it('is what was read, when everything was read whole', () => {
    expect(nextRecord(first, undefined)).toEqual(first);
  });

  it('has of a source that failed the earlier keys with their date, so that they are not new later', () => {
    const outage = anInventory('2026-11-02', { v: { status: 'failed' }, w: { keys: { c: {}, d: {} } } });
    const kept = nextRecord(outage, first);
    expect(refs(kept)).toEqual(['v/a', 'v/b', 'w/c', 'w/d']);
    expect(kept?.coverage.map(({ source, readAt }) => [source, readAt])).toEqual([
      ['v', '2026-11-01T00:00:00.000Z'],
      ['w', undefined],
    ]);
    const back = anInventory('2026-11-03', { v: { keys: { a: {}, b: {} } }, w: { keys: { c: {}, d: {} } } });
    const drift = kept && driftBetween(kept, back);
    expect(drift).toMatchObject({ sources: ['v', 'w'], appeared: [], gone: [] });
  });

  it('keeps the first date through a long outage', () => {
    let kept: Inventory | undefined = first;
    for (const day of ['2026-11-02', '2026-11-03', '2026-11-04']) {
      kept = nextRecord(anInventory(day, { v: { status: 'failed' }, w: { keys: { c: {} } } }), kept);
    }
    expect(kept?.coverage[0]?.readAt).toBe('2026-11-01T00:00:00.000Z');
    expect(kept?.collectedAt).toBe('2026-11-04T00:00:00.000Z');
  });

  it('has nothing of a source that was read in part and never whole', () => {
    const partial = anInventory('2026-11-02', {
      v: { status: 'partial', keys: { a: {} } },
      w: { keys: { c: {} } },
    });
    expect(refs(nextRecord(partial, undefined))).toEqual(['w/c']);
  });

  it('lets a source go that is no longer configured', () => {
    const fewer = anInventory('2026-11-02', { w: { keys: { c: {} } } });
    expect(refs(nextRecord(fewer, first))).toEqual(['w/c']);
  });

  it('stays as it is when nothing could be read', () => {
    const nothing = anInventory('2026-11-02', { v: { status: 'failed' }, w: { status: 'partial' } });
    expect(nextRecord(nothing, first)).toBeUndefined();
  });

  it('can be written down and read again with its dates', () => {
    const outage = anInventory('2026-11-02', { v: { status: 'failed' }, w: { keys: { c: {} } } });
    const kept = nextRecord(outage, first) ?? first;
    expect(readInventory(writeInventory(kept), 'inventory.json')).toEqual(kept);
  });
});
