import { type Fact, flatMapFact, known, mapFact, notApplicable, unknown } from '../core/fact.js';
import type { KeyRecord } from '../core/key.js';
import type { FactContext } from './context.js';
import { defineFact, type FactDefinition } from './define-fact.js';
import { previousOf } from './key-drift.js';
import { isReserved } from '../addresses/address-range.js';
import { type Allowlist, readAllowlist, widestPrefix } from '../addresses/allowlist.js';
import { unionOf } from '../addresses/union.js';
import { wideningOf } from '../addresses/widening.js';

/** From where a key can be used. Facts about prefixes speak of the entries that can be read; see `key.unreadableEntries`. */
export const KEY_NETWORK: readonly FactDefinition<KeyRecord>[] = [
  defineFact('key.allowlist', 'strings', {
    meaning: 'addresses and ranges as the vendor lists them; empty means any address',
    compute: (key) => key.allowlist,
  }),
  defineFact('key.anyAddress', 'bool', {
    meaning: 'every address can use it: nothing is listed, the list covers everything, or there are no lists',
    compute: anyAddress,
  }),
  defineFact('key.avoidableReach', 'bool', {
    meaning: 'any address can use it although its vendor offers lists of addresses',
    compute: (key) => (key.allowlist.state === 'not-applicable' ? known(false) : anyAddress(key)),
  }),
  defineFact('key.coversAll', 'bool', {
    meaning: 'its readable entries together cover every IPv4 or every IPv6 address',
    compute: (key) => mapFact(listOf(key), ({ coversAll }) => coversAll),
  }),
  defineFact('key.ipv4Prefix', 'int', {
    unit: 'bits',
    meaning: 'the prefix length of the widest IPv4 entry; 32 without one',
    compute: (key) => mapFact(listOf(key), (list) => widestPrefix(list, 4)),
  }),
  defineFact('key.ipv6Prefix', 'int', {
    unit: 'bits',
    meaning: 'the prefix length of the widest IPv6 entry; 128 without one',
    compute: (key) => mapFact(listOf(key), (list) => widestPrefix(list, 6)),
  }),
  defineFact('key.reservedEntries', 'strings', {
    meaning:
      'entries wholly in private, shared, loopback, link-local, documentation, multicast or future blocks',
    compute: (key) =>
      mapFact(listOf(key), ({ entries }) =>
        entries.filter(({ range }) => isReserved(range)).map(({ text }) => text),
      ),
  }),
  defineFact('key.unreadableEntries', 'strings', {
    meaning: 'entries that are neither an address nor a CIDR range',
    compute: (key) => mapFact(listOf(key), (list) => list.unreadable),
  }),
  defineFact('key.hostBitEntries', 'strings', {
    meaning: 'ranges with bits set behind their prefix, such as 203.0.113.7/24',
    compute: (key) => mapFact(listOf(key), (list) => list.hostBits),
  }),
  defineFact('key.duplicateEntries', 'strings', {
    meaning: 'entries whose range an earlier one already lists',
    compute: (key) => mapFact(listOf(key), (list) => list.duplicates),
  }),
  defineFact('key.coveredEntries', 'strings', {
    meaning: 'entries that lie inside a wider one',
    compute: (key) => mapFact(listOf(key), (list) => list.covered),
  }),
  defineFact('key.networkWidened', 'bool', {
    meaning: 'it can be used from addresses from which it could not at the last run',
    compute: networkWidened,
  }),
  defineFact('key.unapprovedEntries', 'strings', {
    meaning: "entries that are not wholly inside of the company's declared ranges",
    compute: (key, { egress }) => flatMapFact(listOf(key), (list) => unapproved(list, egress)),
  }),
];

const UNREADABLE = unknown('an entry of the allowlist cannot be read, so what it covers is not known');

// One list is read once, however many facts ask; lists are immutable and go away with their record.
const READ = new WeakMap<readonly string[], Allowlist>();

function listOf(key: KeyRecord): Fact<Allowlist> {
  return mapFact(key.allowlist, (texts) => {
    const list = READ.get(texts) ?? readAllowlist(texts);
    READ.set(texts, list);
    return list;
  });
}

function networkWidened(key: KeyRecord, { previousByRef }: FactContext): Fact<boolean> {
  return flatMapFact(previousOf(key, previousByRef), (before) =>
    flatMapFact(listOf(before), (old) => flatMapFact(listOf(key), (now) => isWider(old, now))),
  );
}

function isWider(old: Allowlist, now: Allowlist): Fact<boolean> {
  const { kind } = wideningOf(old, now);
  return kind === 'unreadable' ? UNREADABLE : known(kind !== 'none');
}

function worldOpen(list: Allowlist): Fact<boolean> {
  if (list.coversAll) return known(true);
  if (list.unreadable.length === 0) return known(false);
  return UNREADABLE;
}

function anyAddress(key: KeyRecord): Fact<boolean> {
  if (key.anyAddress.state !== 'known' || key.anyAddress.value) return key.anyAddress;
  if (key.allowlist.state !== 'known') return key.anyAddress;
  return flatMapFact(listOf(key), worldOpen);
}

function unapproved(list: Allowlist, egress: readonly string[]): Fact<readonly string[]> {
  if (egress.length === 0)
    return notApplicable('no addresses of the company are configured (`network.egress`)');
  const own = unionOf(readAllowlist(egress).entries.map(({ range }) => range));
  return known(list.entries.filter(({ range }) => !own.covers(range)).map(({ text }) => text));
}
