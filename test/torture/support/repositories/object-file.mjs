import { join } from 'node:path';
import { gitIn } from '../raw-git.mjs';

/** Where a loose object lies. @param name of it, as git takes it */
export function objectFile(gitDir, name) {
  const id = gitIn(gitDir, '', `--git-dir=${gitDir}`, 'rev-parse', name);
  return join(gitDir, 'objects', id.slice(0, 2), id.slice(2));
}
