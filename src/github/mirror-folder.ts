import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { GithubEntry } from './github-entry.js';
import { githubOrigins } from './github-origins.js';

interface Mirrored {
  readonly entry: GithubEntry;
  readonly directory: string;
}

/** Where the mirror of a repository is, or is to be: `<directory>/<host>/<owner>/<name>.git`. */
export function mirrorFolder({ entry, directory }: Mirrored, name: string): string {
  const { host } = new URL(githubOrigins(entry.apiUrl).api);
  // Names do not differ by case on GitHub, and must not on disks where case does not count.
  return join(directory, host.replaceAll(':', '_'), `${name.toLowerCase()}.git`);
}

/** All mirrors that lie there, of whatever host. */
export async function mirrorFolders(directory: string): Promise<readonly string[]> {
  const folders: string[] = [];
  for (const host of await foldersIn(directory)) {
    for (const owner of await foldersIn(host)) folders.push(...(await foldersIn(owner)));
  }
  return folders.filter((folder) => folder.endsWith('.git'));
}

async function foldersIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name));
}
