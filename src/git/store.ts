import { basename } from 'node:path';
import type { RunContext } from '../core/run-context.js';
import { type Absent, absentOf } from './absent.js';
import { walkLoose } from './loose/walk-loose.js';
import { type ObjectSink, type ObjectsRead, readAllObjects, readObjects } from './objects.js';
import { ReferenceReader } from './reference-reader.js';
import { listStoreFiles, type StoreFiles } from './pack/pack-files.js';
import { type PackReading, type WalkedPack, walkPack } from './pack/walk-pack.js';

export interface StoreRequest {
  readonly gitDir: string;
  readonly sink: ObjectSink;
  /** Undefined: git reads all objects, and each one is shown. */
  readonly reading: PackReading | undefined;
  /** Ids of objects that are shown whatever they hold. */
  readonly shown?: ReadonlySet<string>;
  /** Objects that git may be asked for by name; tests make it small. */
  readonly maxAsked?: number;
  /** As in `LooseRequest`. */
  readonly minLoose?: number;
}

/** More ids than this are not held as text: git then reads the whole store, in a stream. */
const MAX_ASKED = 8_000_000;

export interface StoreRead extends ObjectsRead {
  /** What its objects name and it does not hold; undefined where nobody looked. */
  readonly absent: Absent | undefined;
  /** The ids of commits that the sink was not shown, one a line. */
  commitIds(): Buffer;
  /** What git had to read in the place of the pack reader, and why, for people. The result is the same. */
  readonly detours: readonly string[];
}

/**
 * Shows what may hold something of all objects in a store, reachable or not. Packs are read without git as far as they
 * are understood; git is asked for what is flagged there, and for all that is not understood. So are loose objects, when there are many.
 */
export async function readStore(request: StoreRequest, ctx: Pick<RunContext, 'signal'>): Promise<StoreRead> {
  const { gitDir, sink, reading } = request;
  const files = reading === undefined ? undefined : filesOf(gitDir);
  const packs =
    reading === undefined || files === undefined ? undefined : await walkPacks(files, reading, ctx);
  if (reading === undefined || files === undefined || packs === undefined) return readByGit(request, ctx);
  if (countAsked(packs) > (request.maxAsked ?? MAX_ASKED)) return readByGit(request, ctx);
  const loose = files.loose.filter((id) => !packs.some(({ index }) => index.has(id)));
  // What is damaged comes last: git gives up at it.
  const walked = await walkLoose(
    { folders: files.folders, ids: loose, reading, minObjects: request.minLoose },
    ctx,
  );
  const ids = [
    ...new Set([
      ...packs.flatMap(({ flagged }) => flagged),
      ...walked.flagged,
      ...(request.shown ?? []),
      ...walked.unread,
      ...packs.flatMap(({ unread }) => unread),
    ]),
  ];
  const references = new ReferenceReader(sink, new Set(loose));
  const read = await readObjects({ gitDir, ids }, references, ctx);
  const isWhole = read.missing === 0 && read.problem === undefined;
  const parts = { packs, paths: files.packs, loose, walked, references };
  return {
    ...read,
    absent: isWhole ? absentOf(parts) : undefined,
    objects: countPacked(packs) + loose.length - (ids.length - read.objects),
    commitIds: () => Buffer.concat([...packs.map((pack) => pack.commitIds()), walked.commits]),
    detours: packs.flatMap((pack, i) =>
      pack.unread.length === 0 ? [] : [detour(files.packs[i] ?? '', pack)],
    ),
  };
}

function detour(path: string, { index, unread, isTooLarge }: WalkedPack): string {
  const name = `${basename(path).slice(0, 'pack-'.length + 8)}…`;
  return isTooLarge
    ? `git read all ${index.count} objects of ${name}, which is larger than the memory that a pack may take`
    : `git read ${unread.length} of ${index.count} objects of ${name}, which the pack reader does not understand`;
}

async function readByGit(
  { gitDir, sink, reading }: StoreRequest,
  ctx: Pick<RunContext, 'signal'>,
): Promise<StoreRead> {
  const why =
    'git read all objects: the store is of a kind, or of a size, that the pack reader does not know';
  return {
    ...(await readAllObjects(gitDir, sink, ctx)),
    absent: undefined,
    commitIds: () => Buffer.alloc(0),
    detours: reading === undefined ? [] : [why],
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
  reading: PackReading,
  ctx: Pick<RunContext, 'signal'>,
): Promise<WalkedPack[] | undefined> {
  const walked: WalkedPack[] = [];
  for (const pack of packs) {
    const result = await walkPack({ ...reading, pack }, ctx).catch(leaveToGit);
    if (result === undefined) return undefined;
    walked.push(result);
  }
  return walked;
}

const countAsked = (packs: readonly WalkedPack[]): number =>
  packs.reduce((sum, { flagged, unread }) => sum + flagged.length + unread.length, 0);

/** A file that cannot be opened or read is git's to complain about. */
export function leaveToGit(error: unknown): undefined {
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
