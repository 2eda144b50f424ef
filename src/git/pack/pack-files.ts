import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { commonDirectory } from '../repository.js';

/** What a store consists of on disk. */
export interface StoreFiles {
  /** Paths without `.pack` and `.idx`. */
  readonly packs: readonly string[];
  /** Ids of loose objects, each once, in order. */
  readonly loose: readonly string[];
  /** Where loose objects lie: the store's own folder comes first, behind it those that it borrows from. */
  readonly folders: readonly string[];
}

/** Git itself stops at five. */
const MAX_ALTERNATES = 5;

/** Lists a store's files, and those of the stores that it borrows from; undefined for a store of another kind. */
export function listStoreFiles(gitDir: string): StoreFiles | undefined {
  const common = commonDirectory(gitDir);
  if (/objectformat/i.test(textOf(join(common, 'config')))) return undefined;
  const folders = objectFolders(join(common, 'objects'), 0);
  if (folders === undefined) return undefined;
  const all = [...new Set(folders)];
  const loose = new Set(all.flatMap(looseIds));
  const packs = all.flatMap((folder) => packsOf(join(folder, 'pack')));
  return { packs, loose: [...loose].sort(), folders: all };
}

function objectFolders(folder: string, depth: number): string[] | undefined {
  const lines = textOf(join(folder, 'info/alternates'))
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  if (lines.length > 0 && depth >= MAX_ALTERNATES) return undefined;
  const folders = [folder];
  for (const line of lines) {
    const borrowed = line.startsWith('"') ? undefined : objectFolders(resolve(folder, line), depth + 1);
    if (borrowed === undefined) return undefined;
    folders.push(...borrowed);
  }
  return folders;
}

function looseIds(folder: string): string[] {
  return namesIn(folder)
    .filter((name) => /^[0-9a-f]{2}$/.test(name))
    .flatMap((name) => namesIn(join(folder, name)).map((rest) => name + rest))
    .filter((id) => /^[0-9a-f]{40}$/.test(id));
}

function packsOf(folder: string): string[] {
  return namesIn(folder)
    .filter((name) => /^pack-[0-9a-f]+\.idx$/.test(name))
    .map((name) => join(folder, name.slice(0, -'.idx'.length)))
    .sort();
}

function namesIn(folder: string): string[] {
  const isFolder = statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
  return isFolder ? readdirSync(folder) : [];
}

function textOf(file: string): string {
  const isFile = statSync(file, { throwIfNoEntry: false })?.isFile() === true;
  return isFile ? readFileSync(file, 'utf8') : '';
}
