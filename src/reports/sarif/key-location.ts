import type { Location } from 'sarif';
import type { Subject } from '../../core/finding.js';
import type { KeyRecord } from '../../core/key.js';
import { sarifMessage } from '../escape/sarif-message.js';
import { uriPath } from '../escape/uri-path.js';

/** Where no file speaks of a key there is still a location: GitHub refuses a whole file for one result without. */
const NO_FILE = 'A name for something at the vendor. This is not a file of the repository.';

/** A key's or project's location: its line in the key register, or a path that names it. */
export function subjectLocation(subject: Subject, key: KeyRecord | undefined): Location {
  const at = key?.declared?.at;
  const physicalLocation =
    at === undefined
      ? {
          artifactLocation: {
            uri: uriPath(virtualPath(subject)),
            description: { text: NO_FILE },
          },
          region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 },
        }
      : { artifactLocation: { uri: uriPath(at.file) }, region: { startLine: at.line } };
  return { physicalLocation, logicalLocations: [resource(subject)] };
}

const virtualPath = ({ vendor, source, id }: Subject): string =>
  ['.keyaudit', vendor ?? 'unknown', source, id].map((segment) => segment.replaceAll('/', '_')).join('/');

export function resource(subject: Subject) {
  const { kind, vendor, source, id, name } = subject;
  return {
    kind: 'resource',
    name: sarifMessage(name ?? id),
    fullyQualifiedName: sarifMessage([vendor ?? kind, source, id].join('/')),
  };
}
