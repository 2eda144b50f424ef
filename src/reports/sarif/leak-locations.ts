import type { Location } from 'sarif';
import type { Place } from '../../core/leak.js';
import { phraseText } from '../words/phrase.js';
import { placePhrase } from '../words/place-phrase.js';
import { sarifMessage } from '../escape/sarif-message.js';
import { REPOSITORY_ROOT } from './provenance.js';
import { placeLocation } from './place-location.js';

/** GitHub shows no more; a key in thousands of commits must not fill the file. */
const MAX_RELATED = 99;

export interface LeakLocations {
  readonly primary: Place;
  readonly location: Location;
  readonly related: Location[];
  /** Further places that are not in `related`. */
  readonly left: number;
}

/**
 * @param repository whose file this goes into: the first location is in it; undefined for the complete file.
 * Answers undefined when the leak has no place there.
 */
export function leakLocations(
  places: readonly Place[],
  repository: string | undefined,
): LeakLocations | undefined {
  const own = places.filter((place) => repository === undefined || place.repository === repository);
  const primary = own.find((place) => place.inHead && place.path !== undefined) ?? own[0];
  if (primary === undefined) return undefined;
  const base = repository === undefined ? undefined : REPOSITORY_ROOT;
  // Paths of other repositories mean nothing in this one: there they are only told in words, not linked.
  const others = own.filter((place) => place !== primary);
  return {
    primary,
    location: placeLocation(primary, base),
    related: others.slice(0, MAX_RELATED).map((place, index) => ({
      id: index + 1,
      ...placeLocation(place, base),
      message: { text: phraseText(placePhrase(place), { plain: (text) => text, quoted: sarifMessage }) },
    })),
    left: Math.max(0, others.length - MAX_RELATED) + places.length - own.length,
  };
}
