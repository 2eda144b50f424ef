import { type Fact, flatMapFact, known, mapFact, unknown, valueOr } from '../core/fact.js';
import { dateOf, daysBetween, type Instant } from '../core/instant.js';
import type { KeyRecord } from '../core/key.js';
import type { FactContext } from './context.js';
import { defineFact, type FactDefinition } from './define-fact.js';

/** How old a key is, and when it ends. `updatedAt` is not here: renaming a key does not make it young. */
export const KEY_AGE: readonly FactDefinition<KeyRecord>[] = [
  defineFact('key.ageDays', 'int', {
    unit: 'days',
    meaning: 'whole days since it was created',
    compute: (key, { asOf }) => ageDays(key, asOf),
  }),
  defineFact('key.minimumAgeDays', 'int', {
    unit: 'days',
    meaning: 'whole days for which it has existed for certain; 0 where its creation is not known',
    compute: (key, { asOf }) => known(valueOr(ageDays(key, asOf), 0)),
  }),
  defineFact('key.ageKnown', 'string', {
    meaning: '`yes`; `no` where it should be known but is not; `never` where the vendor cannot tell',
    compute: (key, { asOf }) => known(AGE_WORDS[ageDays(key, asOf).state]),
  }),
  defineFact('key.created', 'string', {
    meaning: 'the date on which it was created, YYYY-MM-DD in UTC',
    compute: (key) => mapFact(key.createdAt, dateOf),
  }),
  defineFact('key.neverExpires', 'bool', {
    meaning: 'it has no end at the vendor',
    compute: (key) => mapFact(key.expiresAt, (at) => at === 'never'),
  }),
  defineFact('key.unusedDays', 'int', {
    unit: 'days',
    meaning: 'whole days since it was last used; since it was created when it never was',
    compute: unusedDays,
  }),
  defineFact('key.neverUsed', 'bool', {
    meaning: 'the vendor says that it was never used',
    compute: (key) => mapFact(key.lastUsedAt, (at) => at === 'never'),
  }),
];

const AGE_WORDS = { known: 'yes', unknown: 'no', 'not-applicable': 'never' } as const satisfies Record<
  Fact<number>['state'],
  string
>;

const ageDays = (key: KeyRecord, asOf: Instant): Fact<number> =>
  flatMapFact(key.createdAt, (at) => daysSince('created', at, asOf));

/**
 * Whole days from `at` to `asOf`. A date after `asOf` answers "unknown": it is wrong, or it is not of this time,
 * and counting it as zero days would call the key young.
 */
export function daysSince(what: string, at: Instant, asOf: Instant): Fact<number> {
  if (at <= asOf) return known(daysBetween(at, asOf));
  return unknown(`${what} on ${dateOf(at)}, which is after ${dateOf(asOf)}, the day of the audit`);
}

// Never used is not "used at no date": such a key has been idle for as long as it exists.
function unusedDays(key: KeyRecord, { asOf }: FactContext): Fact<number> {
  return flatMapFact(key.lastUsedAt, (at) =>
    at === 'never'
      ? flatMapFact(key.createdAt, (created) => daysSince('created', created, asOf))
      : daysSince('last used', at, asOf),
  );
}
