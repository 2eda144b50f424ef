import type { Location } from 'sarif';
import { digestOf } from '../../core/digest.js';
import type { Place } from '../../core/leak.js';
import { uriPath } from '../escape/uri-path.js';

/**
 * A place where a key string stands, as a location. A line is named while the string is still on it, and where nothing
 * stands at that path any more; a file that lives on without the string would show readers an innocent line.
 * @param uriBaseId names the repository's root, in a file that speaks of one repository.
 */
export function placeLocation(place: Place, uriBaseId: string | undefined): Location {
  if (place.path === undefined) return messageLocation(place, uriBaseId);
  const isPacked = place.kind === 'archive-entry';
  const path = isPacked ? archivePath(place.path) : place.path;
  const artifactLocation = { uri: uriPath(path), ...(uriBaseId === undefined ? {} : { uriBaseId }) };
  return {
    physicalLocation:
      (place.inHead || place.pathInHead === false) && !isPacked
        ? { artifactLocation, region: { startLine: place.line } }
        : { artifactLocation },
  };
}

/** Viewers can open the archive, and none of its lines. */
const archivePath = (path: string): string => path.split('!/', 1)[0] ?? path;

/** Messages and conversations are in no file, but every location needs a path. */
function messageLocation(place: Place, uriBaseId: string | undefined): Location {
  const name = place.commit ?? digestOf(place.repository, place.url ?? '').slice(0, 16);
  return {
    physicalLocation: {
      artifactLocation: {
        ...(uriBaseId === undefined ? {} : { uriBaseId }),
        uri: uriPath(`.keyaudit/${place.kind}/${name}`),
        description: {
          text: `A name for a ${place.kind.replace('-', ' ')}. This is not a file of the repository.`,
        },
      },
      region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 },
    },
  };
}
