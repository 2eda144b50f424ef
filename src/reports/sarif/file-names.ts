import { digestOf } from '../../core/digest.js';

/** A name that needs no change but for its slashes, on every file system. */
const PLAIN = /^[a-z0-9][a-z0-9.-]*(?:\/[a-z0-9][a-z0-9.-]*)*$/;
const MAX_LENGTH = 100;

/** A file name for each repository: `acme__web`; with a digest where that would be ambiguous or not a file name. */
export function fileNames(repositories: readonly string[]): ReadonlyMap<string, string> {
  return new Map(repositories.map((repository) => [repository, fileName(repository)]));
}

function fileName(repository: string): string {
  const plain = repository.replaceAll('/', '__');
  // `inventory` is the name of the file about keys.
  if (PLAIN.test(repository) && plain.length <= MAX_LENGTH && plain !== 'inventory') return plain;
  // No program shall take the name for an option.
  const readable = plain
    .replace(/[^A-Za-z0-9_-]+/g, '-')
    .replace(/^[-_]+/, '')
    .slice(0, MAX_LENGTH);
  return `${readable === '' ? 'folder' : readable}-${digestOf(repository).slice(0, 8)}`;
}
