import type { Fingerprint } from '../core/digest.js';
import type { Candidate, Place } from '../core/leak.js';
import { compareRecognised } from '../leaks/hit.js';
import { comparePlaces } from '../leaks/places.js';
import { compareText } from '../core/compare-text.js';

/** One candidate a string over all shards, with all its places and its best account, in the order of a scan. */
export function joinCandidates(lists: readonly (readonly Candidate[])[]): readonly Candidate[] {
  const joined = new Map<Fingerprint, Candidate>();
  for (const candidate of lists.flat()) {
    const other = joined.get(candidate.fingerprint);
    joined.set(candidate.fingerprint, other === undefined ? candidate : both(other, candidate));
  }
  return [...joined.values()]
    .map((candidate) => ({ ...candidate, places: inOrder(candidate.places) }))
    .toSorted((a, b) => comparePlaces(first(a), first(b)) || compareText(a.fingerprint, b.fingerprint));
}

const both = (a: Candidate, b: Candidate): Candidate => ({
  ...(compareRecognised(b, a) < 0 ? b : a),
  places: [...a.places, ...b.places],
});

/** A repository that two shards took, because their lists differed, is told once. */
function inOrder(places: readonly Place[]): readonly Place[] {
  const unique = new Map(places.map((place) => [JSON.stringify(place), place]));
  return [...unique.values()].toSorted(comparePlaces);
}

function first({ places }: Candidate): Place {
  const [place] = places;
  if (place === undefined) throw new TypeError('a candidate without a place');
  return place;
}
