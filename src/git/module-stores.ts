import { type Dirent, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { commonDirectory, isGitDirectory } from './repository.js';

/** Where `git submodule` keeps the histories of a repository's submodules, those that are not checked out any more included. */
const MODULES = 'modules';

/** A submodule's own history. */
export interface ModuleStore {
  readonly gitDir: string;
  /** Slash-separated, from the outermost git directory. */
  readonly path: string;
}

/**
 * The stores of submodules that lie inside a git directory, and those inside of these, in the order of names. A submodule's name may
 * hold slashes. Symbolic links are not followed: git makes none there.
 */
export function moduleStores(gitDir: string): readonly ModuleStore[] {
  const found: ModuleStore[] = [];
  const todo = [{ folder: join(commonDirectory(gitDir), MODULES), path: MODULES }];
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    const { folder, path } = next;
    const isStore = path !== MODULES && isGitDirectory(folder);
    if (isStore) found.push({ gitDir: folder, path });
    const names = isStore ? [MODULES] : foldersIn(folder);
    todo.push(...names.map((name) => ({ folder: join(folder, name), path: `${path}/${name}` })));
  }
  return found.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** None where nothing can be listed: most repositories have no submodules. */
function foldersIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter(isFolder)
      .map(({ name }) => name);
  } catch {
    return [];
  }
}

const isFolder = (entry: Dirent): boolean => entry.isDirectory();
