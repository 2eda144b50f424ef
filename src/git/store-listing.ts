import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ObjectIds } from './object-ids.js';
import { listStoreFiles, type StoreFiles } from './pack/pack-files.js';
import { PackIndex } from './pack/pack-index.js';
import { commonDirectory } from './repository.js';

/** What a store holds, as far as its file names tell: equal digests mean equal objects. */
export interface StoreListing extends StoreFiles {
  readonly digest: string;
}

/** What a store holds by id. */
export interface StoreIds {
  readonly packs: readonly { readonly pack: string; readonly ids: ObjectIds }[];
  readonly loose: ObjectIds;
  /** As in `StoreFiles`. */
  readonly folders: readonly string[];
  readonly all: ObjectIds;
}

/** Lists a store's files; undefined for a store of another kind, or one that cannot be listed. */
export function listStore(gitDir: string): StoreListing | undefined {
  try {
    const files = listStoreFiles(gitDir);
    return files === undefined ? undefined : { ...files, digest: digestOf(gitDir, files) };
  } catch {
    return undefined;
  }
}

/** A pack's name is a checksum of what it holds. What cuts a history off is no object, and counts too. */
function digestOf(gitDir: string, { packs, loose }: StoreFiles): string {
  const hash = createHash('sha256');
  for (const pack of packs) hash.update(`${basename(pack)} ${statSync(`${pack}.pack`).size}\n`);
  for (const id of loose) hash.update(`${id}\n`);
  const common = commonDirectory(gitDir);
  for (const file of ['shallow', 'info/grafts', ...otherHeads(common)])
    hash.update(`${file}\n`).update(contentOf(join(common, file)));
  return hash.digest('hex');
}

/** What other work trees stand at counts as referenced. */
function otherHeads(common: string): string[] {
  const folder = join(common, 'worktrees');
  return existsSync(folder) ? readdirSync(folder).map((name) => `worktrees/${name}/HEAD`) : [];
}

const contentOf = (file: string): Buffer => (existsSync(file) ? readFileSync(file) : Buffer.alloc(0));

/** Of more objects than this no run remembers which it knows: lists of their ids would not fit into memory. */
const MAX_KNOWN = 8_000_000;

/** Undefined when an index cannot be read, or is of another kind, or there are too many objects. */
export function readStoreIds(
  { packs, loose, folders }: StoreFiles,
  maxKnown = MAX_KNOWN,
): StoreIds | undefined {
  const read: { pack: string; ids: ObjectIds }[] = [];
  for (const pack of packs) {
    const ids = idsOfPack(pack);
    if (ids === undefined) return undefined;
    read.push({ pack, ids });
    if (read.reduce((sum, one) => sum + one.ids.count, 0) > maxKnown) return undefined;
  }
  const looseIds = ObjectIds.of(loose);
  return {
    packs: read,
    loose: looseIds,
    folders,
    all: ObjectIds.union([looseIds, ...read.map(({ ids }) => ids)]),
  };
}

function idsOfPack(pack: string): ObjectIds | undefined {
  try {
    const ids = PackIndex.parse(readFileSync(`${pack}.idx`))?.ids;
    return ids === undefined ? undefined : ObjectIds.parse(ids);
  } catch {
    return undefined;
  }
}
