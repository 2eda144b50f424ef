import type { RunContext } from '../core/run-context.js';
import { type ObjectSink, type ObjectsRead, readAllObjects, readObjects } from './objects.js';
import type { PackFilter } from './pack/pack-filter.js';
import { listStoreFiles, type StoreFiles } from './pack/pack-files.js';
import { type VersionSink, type WalkedPack, walkPack } from './pack/walk-pack.js';

export interface StoreRequest {
  readonly gitDir: string;
  readonly sink: ObjectSink & VersionSink;
  /** Undefined: git reads all objects, and each one is shown. */
  readonly filter: PackFilter | undefined;
}

export interface StoreRead extends ObjectsRead {
  /** The ids of commits that the sink was not shown, one a line. */
  commitIds(): Buffer;
}

/**
 * Shows what may hold something of all objects in a store, reachable or not. Packs are read without git where they are
 * wholly understood; else git reads everything, and the sink sees some versions twice.
 */
export async function readStore(request: StoreRequest, ctx: Pick<RunContext, 'signal'>): Promise<StoreRead> {
  const files = request.filter === undefined ? undefined : filesOf(request.gitDir);
  const packs = files === undefined ? undefined : await walkPacks(files, request, ctx);
  if (files === undefined || packs === undefined) {
    return { ...(await readAllObjects(request.gitDir, request.sink, ctx)), commitIds: () => Buffer.alloc(0) };
  }
  const loose = files.loose.filter((id) => !packs.some(({ index }) => index.has(id)));
  const read = await readObjects({ gitDir: request.gitDir, ids: loose }, request.sink, ctx);
  return {
    ...read,
    objects: read.objects + countPacked(packs),
    commitIds: () => Buffer.concat(packs.map((pack) => pack.commitIds())),
  };
}

/** What cannot be listed is git's to read, and to complain about. */
function filesOf(gitDir: string): StoreFiles | undefined {
  try {
    return listStoreFiles(gitDir);
  } catch {
    return undefined;
  }
}

async function walkPacks(
  { packs }: StoreFiles,
  { filter, sink }: StoreRequest,
  ctx: Pick<RunContext, 'signal'>,
): Promise<WalkedPack[] | undefined> {
  const walked: WalkedPack[] = [];
  for (const pack of packs) {
    const result =
      filter === undefined ? undefined : await walkPack({ pack, filter, sink }, ctx).catch(leaveToGit);
    if (result === undefined) return undefined;
    walked.push(result);
  }
  return walked;
}

/** A file that cannot be opened or read is git's to complain about. */
function leaveToGit(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && 'syscall' in error) return undefined;
  throw error;
}

/** An object may lie in several packs. */
function countPacked(packs: readonly WalkedPack[]): number {
  let objects = 0;
  for (const [i, { index }] of packs.entries()) {
    const earlier = packs.slice(0, i);
    if (earlier.length === 0) objects += index.count;
    else {
      for (let at = 0; at < index.count; at += 1) {
        const id = index.idAt(at);
        if (!earlier.some((other) => other.index.has(id))) objects += 1;
      }
    }
  }
  return objects;
}
