import { known, mapFact } from '../core/fact.js';
import { type KeyRecord, keyRefText } from '../core/key.js';
import { defineFact, type FactDefinition } from './define-fact.js';

/** Who else has it: other records with the same value, and repositories that hold it. */
export const KEY_SHARING: readonly FactDefinition<KeyRecord>[] = [
  defineFact('key.twins', 'strings', {
    meaning: 'other key records with the very same value, as source/id',
    compute: (key, { keysByFingerprint }) =>
      mapFact(key.fingerprint, (fingerprint) =>
        (keysByFingerprint.get(fingerprint) ?? []).filter((twin) => twin !== key).map(keyRefText),
      ),
  }),
  defineFact('key.leakPlaces', 'int', {
    unit: 'places',
    meaning: 'in how many places the scan found it',
    compute: (key, { leaksByRef }) =>
      known((leaksByRef.get(keyRefText(key)) ?? []).reduce((sum, leak) => sum + leak.places.length, 0)),
  }),
];
