import { type Fact, mapFact } from '../core/fact.js';
import { type KeyRecord, keyRefText } from '../core/key.js';
import type { Leak } from '../core/leak.js';
import type { FactContext } from './context.js';
import { defineFact, type FactDefinition } from './define-fact.js';
import { repositoriesOf } from './leak.js';

// Enough to act on. Without a bound, a source that answers one value for all its keys would cost their number squared.
const MAX_TWINS = 20;

/**
 * Who else has it: other records with the same value, and repositories that hold it. A key of which neither the value
 * nor a fingerprint is known cannot be looked for: these facts are as absent as its fingerprint.
 */
export const KEY_SHARING: readonly FactDefinition<KeyRecord>[] = [
  defineFact('key.twins', 'strings', {
    meaning: `other key records with the very same value, as source/id; ${MAX_TWINS} at most`,
    compute: (key, context) => mapFact(twinsOf(key, context), (twins) => twins.map(keyRefText)),
  }),
  defineFact('key.systems', 'strings', {
    meaning: 'the systems that are declared for it, and for other records with the same value',
    compute: (key, context) =>
      mapFact(twinsOf(key, context), (twins) =>
        distinct([key, ...twins].flatMap((each) => each.declared?.system ?? [])),
      ),
  }),
  defineFact('key.leakPlaces', 'int', {
    unit: 'places',
    meaning: 'in how many places the scan found it',
    compute: (key, context) =>
      mapFact(leaksOf(key, context), (leaks) => leaks.reduce((sum, leak) => sum + leak.places.length, 0)),
  }),
  defineFact('key.repositories', 'strings', {
    meaning: 'the repositories in which the scan found it',
    compute: (key, context) =>
      mapFact(leaksOf(key, context), (leaks) => distinct(leaks.flatMap(repositoriesOf))),
  }),
];

const distinct = (texts: readonly string[]): readonly string[] => [...new Set(texts)].sort();

function twinsOf(key: KeyRecord, { keysByFingerprint }: FactContext): Fact<readonly KeyRecord[]> {
  return mapFact(key.fingerprint, (fingerprint) => {
    const first = (keysByFingerprint.get(fingerprint) ?? []).slice(0, MAX_TWINS + 1);
    return first.filter((twin) => twin !== key).slice(0, MAX_TWINS);
  });
}

const leaksOf = (key: KeyRecord, { leaksByRef }: FactContext): Fact<readonly Leak[]> =>
  mapFact(key.fingerprint, () => leaksByRef.get(keyRefText(key)) ?? []);
