import { mkdir, readdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { acquireLock } from './folder-lock.js';
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

async function removeOtherLayouts(root: string): Promise<void> {
  const others = (await readdir(root)).filter(
    (name) => /^repositories-\d+(?:\.lock)?$/.test(name) && !name.startsWith(LAYOUT),
  );
  for (const name of others) await rm(join(root, name), { recursive: true, force: true });
}
