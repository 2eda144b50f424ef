import { lstatSync, readFileSync, type Stats, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** What a path is. Read from the file system alone: asking git would trust the path's own configuration. */
export type SourceLayout =
  | { readonly kind: 'file'; readonly file: string }
  /** `hasBrokenGit`: it holds something called `.git` that is no repository. */
  | { readonly kind: 'folder'; readonly root: string; readonly hasBrokenGit: boolean }
  | { readonly kind: 'work-tree'; readonly root: string; readonly gitDir: string }
  /** Bare repositories, mirrors, and the `.git` folder itself. */
  | { readonly kind: 'git-directory'; readonly gitDir: string };

/** A `.git` file is one line; more is no such file. */
const MAX_GIT_FILE_BYTES = 8192;

/**
 * @param path absolute; may be a folder, a file, a work tree (also a linked one, or a submodule's) or a git directory.
 * @throws the file system's error when nothing can be read there.
 */
export function detectLayout(path: string): SourceLayout {
  if (!statSync(path).isDirectory()) return { kind: 'file', file: path };
  if (isGitDirectory(path)) return { kind: 'git-directory', gitDir: path };
  const gitDir = gitDirectoryOf(join(path, '.git'));
  if (gitDir !== undefined) return { kind: 'work-tree', root: path, gitDir };
  return { kind: 'folder', root: path, hasBrokenGit: exists(join(path, '.git')) };
}

/** Whether a folder is what `git` would take for a repository: HEAD, objects and refs (or a link to them). */
export function isGitDirectory(path: string): boolean {
  const isLinked = isFile(join(path, 'commondir'));
  return (
    exists(join(path, 'HEAD')) &&
    (isLinked || (isDirectory(join(path, 'objects')) && isDirectory(join(path, 'refs'))))
  );
}

function gitDirectoryOf(dotGit: string): string | undefined {
  if (isDirectory(dotGit)) return isGitDirectory(dotGit) ? dotGit : undefined;
  const target = /^gitdir: ([^\n\0]+)\n*$/.exec(readSmallFile(dotGit) ?? '')?.[1];
  if (target === undefined) return undefined;
  const gitDir = resolve(dirname(dotGit), target.trimEnd());
  return isGitDirectory(gitDir) ? gitDir : undefined;
}

/** The folder that holds the objects and refs: another one for a linked work tree. */
export function commonDirectory(gitDir: string): string {
  const link = readSmallFile(join(gitDir, 'commondir'))?.trim();
  return link === undefined || link === '' ? gitDir : resolve(gitDir, link);
}

/** The text of a small regular file; undefined when there is none. */
export function readSmallFile(path: string): string | undefined {
  try {
    const stats = statSync(path);
    return stats.isFile() && stats.size <= MAX_GIT_FILE_BYTES ? readFileSync(path, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}

const exists = (path: string): boolean => there(() => lstatSync(path)) !== undefined;
const isDirectory = (path: string): boolean => there(() => statSync(path))?.isDirectory() === true;
const isFile = (path: string): boolean => there(() => statSync(path))?.isFile() === true;

/** A path that somebody wrote down may lead through files, in a circle, or be too long: then nothing is there. */
function there(look: () => Stats): Stats | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}
