import type { Fingerprint } from '../core/digest.js';
import type { Candidate, Place } from '../core/leak.js';
import { compareRecognised, compareText, type Recognised } from './hit.js';
import { comparePlaces, type PlacedHit } from './places.js';

/** One candidate a string, with all its places; the one that was seen first comes first. */
export function candidatesOf(placed: readonly PlacedHit[]): readonly Candidate[] {
  const groups = new Map<Fingerprint, { best: Recognised; readonly places: Place[] }>();
  for (const { hit, place } of placed) {
    const group = groups.get(hit.fingerprint);
    if (group === undefined) groups.set(hit.fingerprint, { best: hit, places: [place] });
    else {
      group.places.push(place);
      if (compareRecognised(hit, group.best) < 0) group.best = hit;
    }
  }
  const candidates = [...groups].map(([fingerprint, { best, places }]) => ({
    fingerprint,
    vendor: best.vendor,
    recognition: best.recognition,
    confidence: best.confidence,
    places: places.sort(comparePlaces),
  }));
  return candidates.sort(compareCandidates);
}

function compareCandidates(a: Candidate, b: Candidate): number {
  const [first, second] = [a.places[0], b.places[0]];
  const byPlace = first === undefined || second === undefined ? 0 : comparePlaces(first, second);
  return byPlace || compareText(a.fingerprint, b.fingerprint);
}
