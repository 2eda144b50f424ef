import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readyReaders } from '../git/pack/pack-threads.js';
import { commonDirectory, detectLayout } from '../git/repository.js';
import { HELPERS, MIN_PACK_BYTES, READER_FILE } from './pack-reading.js';

/** Starts the threads that will read a large pack of one of these paths, if there is one: while they start, others get ready too. */
export function readyReadersFor(paths: readonly string[]): void {
  if (HELPERS > 0 && paths.some(hasLargePack)) readyReaders(HELPERS, READER_FILE);
}

/** What cannot be looked at is told of later. */
function hasLargePack(path: string): boolean {
  try {
    const layout = detectLayout(path);
    if (!('gitDir' in layout)) return false;
    const folder = join(commonDirectory(layout.gitDir), 'objects/pack');
    const packs = readdirSync(folder).filter((name) => name.endsWith('.pack'));
    return packs.some((name) => statSync(join(folder, name)).size >= MIN_PACK_BYTES);
  } catch {
    return false;
  }
}
