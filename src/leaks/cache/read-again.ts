import type { RunContext } from '../../core/run-context.js';
import { absentSince } from '../../git/absent.js';
import { ObjectIds } from '../../git/object-ids.js';
import { readObjects } from '../../git/objects.js';
import { readChosen, type ReadingPass } from '../../git/read-chosen.js';
import { readStore, type StoreRead } from '../../git/store.js';
import { readStoreIds, type StoreIds, type StoreListing } from '../../git/store-listing.js';
import { compileNeedles, type Needles, type NeedlesRequest } from '../needles.js';
import type { ObjectScanner } from '../object-scanner.js';
import { packReadingOf } from '../pack-reading.js';
import type { KeptObjects, KeptScan } from './kept-scan.js';
import type { NeedleTags } from './needle-tags.js';
import type { ScanCache } from './scan-cache.js';

type Read = Pick<StoreRead, 'objects' | 'missing' | 'problem' | 'detours' | 'commitIds' | 'absent'>;

interface EveryRead {
  readonly read: Read;
  /** How many objects were looked at in this run. */
  readonly lookedAt: number;
}

/** Nothing of use was kept: all objects were looked at. */
export interface FirstRead extends EveryRead {
  readonly kind: 'first';
  readonly read: StoreRead;
  /** Undefined where the store does not tell them. */
  readonly ids: StoreIds | undefined;
}

/** The same objects as before, and all of them were searched for the same things. */
export interface UnchangedRead extends EveryRead {
  readonly kind: 'unchanged';
  readonly kept: KeptScan;
}

/** Other objects, or other things to look for. */
export interface ChangedRead extends EveryRead {
  readonly kind: 'changed';
  readonly kept: KeptScan;
  readonly objects: KeptObjects;
  readonly ids: StoreIds;
  /** There are objects that were never looked at. */
  readonly isGrown: boolean;
  /** Objects that were there are gone. */
  readonly isShrunk: boolean;
  /** There are needles that were never looked for. */
  readonly isSearchedAnew: boolean;
}

export type ReadAgain = FirstRead | UnchangedRead | ChangedRead;

export interface ReadAgainRequest {
  readonly gitDir: string;
  readonly scanned: ObjectScanner;
  readonly needles: Needles;
  readonly cache: ScanCache;
  readonly tags: NeedleTags;
  readonly listing: StoreListing;
  readonly kept: KeptScan | undefined;
  /** Whose scan `kept` is: the store's own, or that of one that shares objects with it. */
  readonly keptBy: string;
}

/**
 * Looks at what no earlier run looked at: at new objects for everything, at those that are known for what is new among the
 * needles. What told something is read again in any case, for nothing of it is kept.
 */
export async function readAgain(
  request: ReadAgainRequest,
  ctx: Pick<RunContext, 'signal'>,
): Promise<ReadAgain> {
  const { gitDir, kept, keptBy, listing, tags, cache } = request;
  if (kept === undefined) return readFirst(request, ctx);
  if (keptBy === gitDir && kept.store === listing.digest && kept.covered.includes(tags.digest)) {
    return readUnchanged(request, kept, ctx);
  }
  const objects = await cache.loadObjects(keptBy, kept);
  const ids = objects === undefined ? undefined : readStoreIds(listing);
  // What git had to read once is not told apart from the rest: rare enough to begin again.
  if (objects === undefined || ids === undefined || kept.detours.length > 0) return readFirst(request, ctx);
  return readChanged({ ...request, kept, objects, ids }, ctx);
}

/** The ids are listed first: what comes meanwhile is new to the next run. */
async function readFirst(
  { gitDir, listing, scanned, needles }: ReadAgainRequest,
  ctx: Pick<RunContext, 'signal'>,
): Promise<FirstRead> {
  const ids = readStoreIds(listing);
  const read = await readStore({ gitDir, sink: scanned, reading: packReadingOf(needles) }, ctx);
  return { kind: 'first', ids, read, lookedAt: read.objects };
}

async function readUnchanged(
  { gitDir, scanned, listing }: ReadAgainRequest,
  kept: KeptScan,
  ctx: Pick<RunContext, 'signal'>,
): Promise<UnchangedRead> {
  const ids = kept.telling.list();
  const read = await readObjects({ gitDir, ids }, scanned, ctx);
  const objects = kept.objects - (ids.length - read.objects);
  for (const [id, gaps] of kept.gaps) scanned.addGaps(id, gaps);
  return {
    kind: 'unchanged',
    kept,
    read: {
      ...read,
      objects,
      detours: kept.detours,
      commitIds: () => Buffer.alloc(0),
      // Told where somebody asks: the ids of all objects take longer to list than all else.
      get absent() {
        const isWhole = read.missing === 0 && read.problem === undefined;
        const store = kept.absent && isWhole ? readStoreIds(listing) : undefined;
        return kept.absent && store && absentSince({ before: kept.absent, named: [], store });
      },
    },
    lookedAt: 0,
  };
}

interface ChangedRequest extends ReadAgainRequest {
  readonly kept: KeptScan;
  readonly objects: KeptObjects;
  readonly ids: StoreIds;
}

async function readChanged(request: ChangedRequest, ctx: Pick<RunContext, 'signal'>): Promise<ChangedRead> {
  const { gitDir, scanned, needles, kept, objects, ids } = request;
  const fresh = ids.all.without(objects.scanned);
  const known = ids.all.within(objects.scanned);
  const searches = searchesOf(request, known);
  const isSearchedAnew = searches.length > 0;
  const passes: readonly ReadingPass[] = [{ ids: fresh, reading: packReadingOf(needles) }, ...searches];
  const shown = kept.telling.within(ids.all);
  const isShrunk = known.count < objects.scanned.count;
  const growth = kept.absent === undefined || isShrunk ? {} : { growth: { absent: kept.absent, fresh } };
  const read = await readChosen({ gitDir, store: ids, sink: scanned, passes, shown, ...growth }, ctx);
  const stillThere = new Set(
    ObjectIds.of(kept.gaps.map(([id]) => id))
      .within(ids.all)
      .list(),
  );
  for (const [id, gaps] of kept.gaps) if (stillThere.has(id)) scanned.addGaps(id, gaps);
  return {
    kind: 'changed',
    kept,
    objects,
    ids,
    isSearchedAnew,
    isGrown: fresh.count > 0,
    isShrunk,
    read,
    lookedAt: fresh.count + Math.max(0, ...searches.map(({ ids }) => ids.count)),
  };
}

/** What objects that are known were never searched for: all of them, or those that came last. */
function searchesOf({ tags, objects }: ChangedRequest, known: ObjectIds): readonly ReadingPass[] {
  const { ahead } = objects;
  const missing = tags.without(new Set([...objects.tags, ...ahead.tags]));
  const behind = without(tags.without(new Set(objects.tags)), missing);
  return [
    { needles: missing, ids: known },
    { needles: behind, ids: known.without(ahead.ids) },
  ]
    .filter(({ needles, ids }) => needles.known.length + needles.detectors.length > 0 && ids.count > 0)
    .map(({ needles, ids }) => ({ ids, reading: packReadingOf(compileNeedles(needles)) }));
}

function without(all: NeedlesRequest, some: NeedlesRequest): NeedlesRequest {
  const [known, detectors] = [new Set(some.known), new Set(some.detectors)];
  return {
    ...all,
    known: all.known.filter((one) => !known.has(one)),
    detectors: all.detectors.filter((one) => !detectors.has(one)),
  };
}
