import type { Fingerprint } from '../core/digest.js';
import { isKnown } from '../core/fact.js';
import { type KeyRecord, type KeyRef, keyRefText } from '../core/key.js';
import type { Candidate, Leak } from '../core/leak.js';

/**
 * Joins every candidate to the keys that it is, by fingerprint: none for an unregistered string, several when keys share
 * a value. The order of candidates stays; a leak's keys are in the order of source and id.
 */
export function correlate(candidates: readonly Candidate[], keys: readonly KeyRecord[]): readonly Leak[] {
  const owners = new Map<Fingerprint, KeyRef[]>();
  for (const { source, id, fingerprint } of keys) {
    if (!isKnown(fingerprint)) continue;
    owners.set(fingerprint.value, [...(owners.get(fingerprint.value) ?? []), { source, id }]);
  }
  return candidates.map((candidate) => ({
    ...candidate,
    keys: (owners.get(candidate.fingerprint) ?? []).sort(compareRefs),
  }));
}

function compareRefs(a: KeyRef, b: KeyRef): number {
  const [first, second] = [keyRefText(a), keyRefText(b)];
  return first < second ? -1 : first > second ? 1 : 0;
}
