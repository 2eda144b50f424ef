import { isKnown, known } from '../core/fact.js';
import { dateOf } from '../core/instant.js';
import { type KeyRecord, keyRefText } from '../core/key.js';
import type { FactContext } from './context.js';
import { defineFact, type FactDefinition } from './define-fact.js';

/** Whether what the vendor told can be true. */
export const KEY_DATA: readonly FactDefinition<KeyRecord>[] = [
  defineFact('key.contradictions', 'strings', {
    meaning: 'what cannot be true in its record, in words: dates in the wrong order, an id that stands twice',
    compute: (key, context) => known(contradictions(key, context)),
  }),
];

function contradictions(key: KeyRecord, { asOf, repeatedRefs }: FactContext): readonly string[] {
  const { createdAt, updatedAt } = key;
  const future = isKnown(createdAt) && createdAt.value > asOf;
  const reversed = isKnown(createdAt) && isKnown(updatedAt) && updatedAt.value < createdAt.value;
  return [
    ...(future ? [`created on ${dateOf(createdAt.value)}, after the day of the audit`] : []),
    ...(reversed ? [`updated on ${dateOf(updatedAt.value)}, before it was created`] : []),
    ...(repeatedRefs.has(keyRefText(key)) ? ['two records have its id'] : []),
  ];
}
