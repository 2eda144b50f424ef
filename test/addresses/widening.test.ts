import { describe, expect, it } from 'vitest';
import { readAllowlist } from '../../src/addresses/allowlist.js';
import { wideningOf } from '../../src/addresses/widening.js';

const widening = (before: readonly string[], after: readonly string[]) =>
  wideningOf(readAllowlist(before), readAllowlist(after));

describe('a list of addresses that changed', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['stays as it is', ['192.0.2.0/24'], ['192.0.2.0/24']],
    ['gets smaller', ['192.0.2.0/24', '198.51.100.7'], ['192.0.2.0/25']],
    ['says the same in two halves', ['192.0.2.0/24'], ['192.0.2.128/25', '192.0.2.0/25']],
    ['says the same in one piece', ['192.0.2.0/25', '192.0.2.128/25'], ['192.0.2.0/24']],
    ['says the same as a mapped address', ['192.0.2.7'], ['::ffff:192.0.2.7']],
    ['says the same in another order', ['192.0.2.7', '2001:db8::/48'], ['2001:DB8::/48', '192.0.2.7/32']],
    ['was open to everybody', [], ['0.0.0.0/0', '::/0']],
    ['keeps an entry that nobody can read', ['office', '192.0.2.7'], ['office']],
  ])('is not wider when it %s', (_how, before, after) => {
    expect(widening(before, after)).toEqual({ kind: 'none' });
  });

  it.each<[string, readonly string[], readonly string[], readonly string[]]>([
    ['gets one address more', ['192.0.2.7'], ['192.0.2.7', '192.0.2.8'], ['192.0.2.8']],
    ['gets a shorter prefix', ['192.0.2.0/25'], ['192.0.2.0/24'], ['192.0.2.0/24']],
    ['is exchanged', ['192.0.2.7'], ['198.51.100.7'], ['198.51.100.7']],
    ['gets a family more', ['192.0.2.0/24'], ['192.0.2.0/24', '2001:db8::1'], ['2001:db8::1']],
  ])('is wider when it %s, by those entries', (_how, before, after, entries) => {
    expect(widening(before, after)).toEqual({ kind: 'wider', entries });
  });

  it('is widest when it is emptied', () => {
    expect(widening(['192.0.2.7'], [])).toEqual({ kind: 'any-address' });
  });

  it.each<[string, readonly string[], readonly string[]]>([
    ['an entry comes that cannot be read', ['192.0.2.7'], ['192.0.2.7', 'office']],
    ['addresses take the place of one that could not', ['office'], ['192.0.2.7']],
  ])('is not judged when %s', (_how, before, after) => {
    expect(widening(before, after)).toEqual({ kind: 'unreadable' });
  });
});
