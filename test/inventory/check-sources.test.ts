import { describe, expect, it } from 'vitest';
import { known, notApplicable, unknown } from '../../src/core/fact.js';
import type { KeyRecord } from '../../src/core/key.js';
import { checkSources } from '../../src/inventory/check-sources.js';
import { aKey } from '../support/audit-result.js';
import { anInventory } from '../support/an-inventory.js';

const own = (over: Partial<KeyRecord>, serverAheadMs?: number) => {
  const inventory = anInventory('2026-11-15', { v: { keys: { own: { usedByAudit: true, ...over } } } });
  const stats = { source: 'v', requests: 3, retries: 0, waitedMs: 0 };
  const all = [{ ...stats, ...(serverAheadMs === undefined ? {} : { serverAheadMs }) }];
  return checkSources({ inventory, stats: all }, undefined, new Set(['v'])).slice(1);
};

const narrow = { allowlist: known(['192.0.2.7']), anyAddress: known(false), permissions: known(['fetch']) };

describe("the doctor about the audit's own key", () => {
  it('is content with a key that only reads, from one address', () => {
    expect(own({ ...narrow, access: known('read') }).map(({ level }) => level)).toEqual(['ok']);
  });

  it.each<[string, Partial<KeyRecord>, RegExp]>([
    [
      'can write where reading is offered',
      { ...narrow, access: known('write') },
      /can write, and reading is enough/,
    ],
    [
      'can write where nothing less is offered',
      { access: known('write'), permissions: notApplicable('none') },
      /the vendor has no lesser one/,
    ],
    [
      'can be used from any address',
      { ...narrow, access: known('read'), allowlist: known([]), anyAddress: known(true) },
      /from any address/,
    ],
    ['is not known', { access: unknown('not listed') }, /not known: not listed/],
  ])('warns when it %s, and says what to do', (_what, over, found) => {
    const warning = own(over).find(({ level }) => level === 'warn');
    expect(warning?.found).toMatch(found);
    expect(warning?.next).toBeTruthy();
  });
});

describe('the doctor about the clock', () => {
  it.each([
    ['says nothing up to five minutes', 300_000, undefined],
    ['says when it is behind', 600_000, /10 minutes behind the vendor/],
    ['says when it is ahead', -3_600_000, /60 minutes ahead of the vendor/],
  ])('%s', (_what, aheadMs, found) => {
    const fault = own({ ...narrow, access: known('read') }, aheadMs).find(({ level }) => level === 'fail');
    if (found === undefined) expect(fault).toBeUndefined();
    else expect(fault?.found).toMatch(found);
  });
});

describe('the doctor about declared keys', () => {
  it('names one that is dead', () => {
    const { declared } = aKey();
    const checks = own({ usedByAudit: false, live: known(false), declared });
    expect(checks).toMatchObject([{ level: 'warn', found: 'the declared key own is dead' }]);
  });
});
