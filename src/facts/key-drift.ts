import { type Fact, flatMapFact, known, mapFact, notApplicable } from '../core/fact.js';
import { type KeyRecord, keyRefText } from '../core/key.js';
import type { FactContext } from './context.js';
import { defineFact, type FactDefinition } from './define-fact.js';

const NO_RECORD = notApplicable('there is no earlier inventory to compare with');

/** What changed since the last run. */
export const KEY_DRIFT: readonly FactDefinition<KeyRecord>[] = [
  defineFact('key.accessBroadened', 'bool', {
    meaning: 'it can write, and at the last run it could only read',
    compute: accessBroadened,
  }),
];

function accessBroadened(key: KeyRecord, { previousByRef }: FactContext): Fact<boolean> {
  return flatMapFact(previousOf(key, previousByRef), (before) =>
    flatMapFact(before.access, (old) => mapFact(key.access, (now) => old === 'read' && now === 'write')),
  );
}

/** The record of the same key at the last run. */
export function previousOf(key: KeyRecord, previous: FactContext['previousByRef']): Fact<KeyRecord> {
  if (previous === undefined) return NO_RECORD;
  const record = previous.get(keyRefText(key));
  // A key that is new has not changed; what it may do is judged by the other rules.
  return known(record ?? key);
}
