import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { AuditError } from '../core/errors/audit-error.js';
import { commonDirectory } from './repository.js';

/** A repository that would hold whoever opens it for ever. */
export class HoldingRepositoryError extends AuditError {
  readonly exitCode = 3;

  constructor(path: string) {
    super(
      `${path} in the repository's folder is a named pipe or a device, at which git would wait for ever`,
      {
        hint: 'no git makes such a repository: find out who did',
      },
    );
  }
}

/** Besides these, git opens files in `refs`, `info` and stores of objects. A socket (of a file monitor) cannot be opened. */
const OPENED =
  /^(?:HEAD|config|config\.worktree|packed-refs|index|shallow|commondir|gitdir|[A-Z_]*HEAD|sharedindex\..*)$/;
const STORE_FOLDER = /^(?:[0-9a-f]{2}|info|pack)$/;
/** Git follows five alternates. */
const MAX_ALTERNATES = 5;
const FOLDERS_A_TURN = 64;

/**
 * Makes sure that no file that git opens is one that never ends or never begins.
 * @throws HoldingRepositoryError
 */
export async function refuseSpecialFiles(gitDir: string): Promise<void> {
  let listed = 0;
  for (const folder of foldersOf(gitDir)) {
    for (const entry of entriesIn(folder.path)) {
      if (folder.isOpened(entry.name) && isSpecial(folder.path, entry))
        throw new HoldingRepositoryError(join(folder.shown, entry.name));
    }
    listed += 1;
    if (listed % FOLDERS_A_TURN === 0) await nextTurn();
  }
}

interface Folder {
  readonly path: string;
  /** From the git directory. */
  readonly shown: string;
  readonly isOpened: (name: string) => boolean;
}

const everything = (): boolean => true;

function* foldersOf(gitDir: string): Iterable<Folder> {
  for (const root of new Set([gitDir, commonDirectory(gitDir)])) {
    yield { path: root, shown: '', isOpened: (name) => OPENED.test(name) };
    yield { path: join(root, 'info'), shown: 'info', isOpened: everything };
    yield* below(join(root, 'refs'), 'refs');
    yield* storeFolders(join(root, 'objects'), 0);
  }
}

/** Folders as they are; what a symbolic link leads to is looked at where it stands. */
function* below(path: string, shown: string): Iterable<Folder> {
  yield { path, shown, isOpened: everything };
  for (const entry of entriesIn(path)) {
    if (entry.isDirectory()) yield* below(join(path, entry.name), join(shown, entry.name));
  }
}

function* storeFolders(store: string, depth: number): Iterable<Folder> {
  for (const { name } of entriesIn(store)) {
    if (STORE_FOLDER.test(name))
      yield { path: join(store, name), shown: join('objects', name), isOpened: everything };
  }
  if (depth > MAX_ALTERNATES || isSpecialPath(join(store, 'info/alternates'))) return;
  for (const other of linesOf(join(store, 'info/alternates')))
    yield* storeFolders(resolve(store, other), depth + 1);
}

function linesOf(file: string): readonly string[] {
  try {
    return readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
  } catch {
    return [];
  }
}

/** What cannot be listed is git's to complain about. */
function entriesIn(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function isSpecial(folder: string, entry: Dirent): boolean {
  if (entry.isSymbolicLink()) return isSpecialPath(join(folder, entry.name));
  return entry.isFIFO() || entry.isCharacterDevice() || entry.isBlockDevice();
}

function isSpecialPath(path: string): boolean {
  try {
    const stats = statSync(path);
    return stats.isFIFO() || stats.isCharacterDevice() || stats.isBlockDevice();
  } catch {
    return false;
  }
}
