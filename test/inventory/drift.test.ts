import { describe, expect, it } from 'vitest';
import { known, notApplicable, unknown } from '../../src/core/fact.js';
import type { KeyRecord } from '../../src/core/key.js';
import { driftBetween } from '../../src/inventory/drift.js';
import { aKey } from '../support/audit-result.js';
import { anInventory, type ASource } from '../support/an-inventory.js';

const drift = (before: Readonly<Record<string, ASource>>, now: Readonly<Record<string, ASource>>) =>
  driftBetween(anInventory('2026-11-08', before), anInventory('2026-11-15', now));

const changes = (before: Partial<KeyRecord>, now: Partial<KeyRecord>) =>
  drift({ v: { keys: { k: before } } }, { v: { keys: { k: now } } })?.changed.flatMap((key) => key.changes);

const owned = (owner: string | undefined): Partial<KeyRecord> => {
  const { declared } = aKey();
  return { declared: declared === undefined ? undefined : { ...declared, owner } };
};

describe('drift between two inventories', () => {
  it('is nothing but a date when nothing changed', () => {
    const same = { v: { keys: { a: {}, b: {} } } };
    expect(drift(same, same)).toEqual({
      since: '2026-11-08T00:00:00.000Z',
      sources: ['v'],
      appeared: [],
      gone: [],
      changed: [],
    });
  });

  it('names keys that are new and keys that are gone, by source and id whatever their order', () => {
    const found = drift(
      { w: { keys: { stays: {}, gone: {} } }, v: { keys: { old: {} } } },
      { v: { keys: { z: {}, b: { name: unknown('left out') } } }, w: { keys: { new: {}, stays: {} } } },
    );
    expect(found?.appeared.map(({ source, id }) => `${source}/${id}`)).toEqual(['v/b', 'v/z', 'w/new']);
    expect(found?.gone.map(({ source, id }) => `${source}/${id}`)).toEqual(['v/old', 'w/gone']);
    expect(found?.appeared[0]).toEqual({ source: 'v', id: 'b', vendor: 'api-video', project: 'Shop videos' });
  });

  it.each<[string, Partial<KeyRecord>, Partial<KeyRecord>, unknown]>([
    [
      'access that became writing',
      { access: known('read') },
      { access: known('write') },
      { kind: 'access-widened', before: 'read', after: 'write' },
    ],
    [
      'an address more',
      { allowlist: known(['192.0.2.7']) },
      { allowlist: known(['192.0.2.8', '192.0.2.7']) },
      { kind: 'network-widened', before: '1 entry', after: '192.0.2.8' },
    ],
    [
      'an emptied list of addresses',
      { allowlist: known(['192.0.2.7', '192.0.2.8']) },
      { allowlist: known([]) },
      { kind: 'network-widened', before: '2 entries', after: 'any address' },
    ],
    ['a new name', { name: known('a') }, { name: known('b') }, { kind: 'renamed', before: 'a', after: 'b' }],
    [
      'another owner',
      owned('team-web'),
      owned('team-xr'),
      { kind: 'owner-changed', before: 'team-web', after: 'team-xr' },
    ],
    [
      'an owner that nobody is any more',
      owned('team-web'),
      owned(undefined),
      { kind: 'owner-changed', before: 'team-web', after: '' },
    ],
  ])('tells %s', (_what, before, now, change) => {
    expect(changes(before, now)).toEqual([change]);
  });

  it.each<[string, Partial<KeyRecord>, Partial<KeyRecord>]>([
    ['access that became reading', { access: known('write') }, { access: known('read') }],
    ['access that nobody knew', { access: unknown('left out') }, { access: known('write') }],
    ['access that nobody knows now', { access: known('read') }, { access: unknown('left out') }],
    [
      'the same addresses written otherwise',
      { allowlist: known(['192.0.2.0/24']) },
      { allowlist: known(['192.0.2.0/25', '192.0.2.128/25']) },
    ],
    ['fewer addresses', { allowlist: known(['192.0.2.0/24']) }, { allowlist: known(['192.0.2.7']) }],
    ['a list where there was none', { allowlist: known([]) }, { allowlist: known(['192.0.2.7']) }],
    [
      'an entry that nobody can read',
      { allowlist: known(['192.0.2.7']) },
      { allowlist: known(['192.0.2.7', 'office']) },
    ],
    [
      'a vendor that has no lists',
      { allowlist: notApplicable('none') },
      { allowlist: notApplicable('none') },
    ],
    ['a name that nobody knows now', { name: known('a') }, { name: unknown('left out') }],
  ])('does not tell %s', (_what, before, now) => {
    expect(changes(before, now)).toEqual([]);
  });

  it('names twenty of very many new entries and counts the rest', () => {
    const many = Array.from({ length: 25 }, (_none, index) => `198.51.100.${index}`);
    const [change] = changes({ allowlist: known(['192.0.2.7']) }, { allowlist: known(many) }) ?? [];
    expect(change?.after).toMatch(/^198\.51\.100\.0, .*, 198\.51\.100\.19 and 5 more$/);
  });

  it('speaks only of sources that were read whole both times', () => {
    const found = drift(
      {
        a: { status: 'partial', keys: { x: {} } },
        b: { keys: { x: {} } },
        c: { keys: { x: {} } },
        gone: { keys: { x: {} } },
      },
      { a: { keys: { y: {} } }, b: { status: 'failed' }, c: { keys: { y: {} } }, new: { keys: { x: {} } } },
    );
    expect(found?.sources).toEqual(['c']);
    expect(found?.appeared.map(({ source }) => source)).toEqual(['c']);
    expect(found?.gone.map(({ source }) => source)).toEqual(['c']);
  });

  it('says since when, where a source was kept from an earlier run', () => {
    const found = drift({ a: { readAt: '2026-11-03' }, b: {} }, { a: {}, b: {} });
    expect(found?.since).toBe('2026-11-03T00:00:00.000Z');
  });

  it('is not there when no source can be compared', () => {
    expect(drift({ a: {} }, { b: {} })).toBeUndefined();
  });
});
