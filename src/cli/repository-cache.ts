import { mkdir, readdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { acquireLock } from './folder-lock.js';
import { pruneFolder } from './prune-cache.js';
import type { Shell } from './shell.js';

/** Part of the folder's name: what another version of the program kept is not read, and thrown away. */
const LAYOUT = 'repositories-1';

/** Where repositories are brought to. */
export interface RepositoryCache {
  /** Absolute, private to this user. */
  readonly directory: string;
  /** Lets other processes use it. */
  readonly release: () => Promise<void>;
}

/**
 * Opens the folder that keeps repositories between runs. It holds what the repositories hold, and no credential; it can be
 * thrown away at any time. Where another process uses it, or none is named, a temporary folder does instead.
 */
export async function openRepositoryCache(
  cacheDirectory: string | undefined,
  shell: Shell,
): Promise<RepositoryCache> {
  if (cacheDirectory === undefined) return temporary(shell);
  const root = resolve(shell.cwd, cacheDirectory);
  const directory = join(root, LAYOUT);
  const instead = (why: string): Promise<RepositoryCache> => {
    shell.warn(`${why}; this run fetches everything for itself`);
    return temporary(shell);
  };
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const release = await acquireLock(join(root, `${LAYOUT}.lock`), shell.clock);
    if (release === undefined) return await instead(`another process uses ${cacheDirectory}`);
    await removeOtherLayouts(root);
    await prune(directory, shell);
    return { directory, release };
  } catch (error) {
    // A full disk, or a folder of somebody else's.
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'no reason given';
    return instead(`${cacheDirectory} cannot be used (${code})`);
  }
}

const temporary = async (shell: Shell): Promise<RepositoryCache> => ({
  directory: await shell.makeTempFolder(),
  release: () => Promise.resolve(),
});

/** Mirrors, and what is remembered of those that were dropped: `<host>/<owner>/<name>.git` and `<name>.git.state.json`. */
async function prune(directory: string, shell: Shell): Promise<void> {
  const groupOf = (name: string): string | undefined => /^(.+\.git)(?:\.state\.json)?$/.exec(name)?.[1];
  for (const host of await foldersIn(directory))
    for (const folder of await foldersIn(host)) await pruneFolder({ folder, groupOf }, shell);
}

async function foldersIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name));
}

async function removeOtherLayouts(root: string): Promise<void> {
  const others = (await readdir(root)).filter(
    (name) => /^repositories-\d+(?:\.lock)?$/.test(name) && !name.startsWith(LAYOUT),
  );
  for (const name of others) await rm(join(root, name), { recursive: true, force: true });
}
