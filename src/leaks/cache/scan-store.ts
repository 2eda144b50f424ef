import type { RunContext } from '../../core/run-context.js';
import { countMissing } from '../../git/absent.js';
import { findMissingObjects, type MissingObjects } from '../../git/missing.js';
import { readReferences, type References, type RefsRead } from '../../git/refs.js';
import { readStore, type StoreRead } from '../../git/store.js';
import { listStore, type StoreListing } from '../../git/store-listing.js';
import type { HistoryPass } from '../locate.js';
import { inRefNames, type NameSighting } from '../locate-names.js';
import type { Needles } from '../needles.js';
import type { ObjectScanner } from '../object-scanner.js';
import { packReadingOf } from '../pack-reading.js';
import { commitsToLocate } from './commits-to-locate.js';
import type { KeptScan } from './kept-scan.js';
import type { NeedleTags } from './needle-tags.js';
import { readAgain } from './read-again.js';
import { remember } from './remember.js';
import type { ScanCache } from './scan-cache.js';

/** What is kept between runs, and what stands there for this run's needles. */
export interface ScanMemory {
  readonly cache: ScanCache;
  readonly tags: NeedleTags;
}

export interface ScanContext extends RunContext {
  /** Absent: everything is read. */
  readonly memory?: ScanMemory;
  /** What a first scan of this run looked for and found; this one looks for more. Absent: it is the first. */
  readonly earlier?: EarlierScan;
  /** Is told, for each store, which objects told something. */
  readonly telling?: Map<string, ReadonlySet<string>>;
}

export interface EarlierScan {
  /** By store. */
  readonly telling: ReadonlyMap<string, ReadonlySet<string>>;
  /** What it did not look for. */
  readonly missed: Needles;
}

export interface StoreScanRequest {
  readonly gitDir: string;
  /** As in a `ScanTarget`. */
  readonly relatives: readonly string[];
  /** Is shown what may hold something. */
  readonly scanned: ObjectScanner;
  readonly needles: Needles;
}

export interface StoreScan {
  readonly read: Pick<StoreRead, 'objects' | 'missing' | 'problem' | 'detours'>;
  /** How many objects were looked at; the others were in an earlier run. */
  readonly lookedAt: number;
  readonly walked: MissingObjects;
  readonly head: string | undefined;
  readonly refs: RefsRead;
  /** What stands in the names of refs. */
  readonly refNames: readonly NameSighting[];
  /** The commits that may have brought something, one id a line. */
  readonly commits: () => Promise<Uint8Array>;
  /** What there was to say of all commits in an earlier run, when only some are looked at in this one. */
  readonly historyProblem: string | undefined;
  /** Remembers the scan, now that the places are known. */
  readonly keep: (passes: readonly HistoryPass[]) => Promise<void>;
}

/** Shows the scanner every object of a store that may hold something: what was scanned before only if it did hold something. */
export function scanStore(request: StoreScanRequest, ctx: ScanContext): Promise<StoreScan> {
  const listing = ctx.memory === undefined ? undefined : listStore(request.gitDir);
  return ctx.memory === undefined || listing === undefined
    ? scanAfresh(request, ctx)
    : scanAgain({ ...request, ...ctx.memory, listing }, ctx);
}

async function scanAfresh(
  { gitDir, scanned, needles }: StoreScanRequest,
  ctx: ScanContext,
): Promise<StoreScan> {
  const shown = ctx.earlier?.telling.get(gitDir);
  const reading = packReadingOf(shown === undefined ? needles : (ctx.earlier?.missed ?? needles));
  const request = { gitDir, sink: scanned, reading, ...(shown === undefined ? {} : { shown }) };
  const [read, { head, refs, refNames }] = await Promise.all([
    readStore(request, ctx),
    lookAtReferences(gitDir, needles, ctx),
  ]);
  ctx.telling?.set(gitDir, scanned.telling);
  return {
    read,
    lookedAt: read.objects,
    walked: await countMissing({ gitDir, absent: read.absent, head, refs }, ctx),
    head,
    refs,
    refNames,
    commits: async () => Buffer.concat([read.commitIds(), scanned.commitIds()]),
    historyProblem: undefined,
    keep: async () => undefined,
  };
}

/** Names are looked at while other threads read, rather than when all wait for this one. */
async function lookAtReferences(
  gitDir: string,
  needles: Needles,
  ctx: RunContext,
): Promise<References & Pick<StoreScan, 'refNames'>> {
  const references = await readReferences(gitDir, ctx);
  return { ...references, refNames: inRefNames(references.refs.refs, needles) };
}

export interface ScanAgainRequest extends StoreScanRequest, ScanMemory {
  readonly listing: StoreListing;
}

/**
 * What an earlier scan kept of this store; else of one that shares its objects, which is as good: an id names the same content
 * wherever it is.
 */
async function keptOf({
  gitDir,
  relatives,
  cache,
}: ScanAgainRequest): Promise<{ readonly kept: KeptScan; readonly keptBy: string } | undefined> {
  for (const keptBy of [gitDir, ...relatives]) {
    const kept = await cache.load(keptBy);
    if (kept !== undefined) return { kept, keptBy };
  }
  return undefined;
}

async function scanAgain(request: ScanAgainRequest, ctx: RunContext): Promise<StoreScan> {
  const { gitDir, cache, listing } = request;
  const [found, { head, refs, refNames }] = await Promise.all([
    keptOf(request),
    lookAtReferences(gitDir, request.needles, ctx),
  ]);
  const kept = found?.kept;
  const refsDigest = cache.digestOf(JSON.stringify([head, refs.refs]));
  const isWalked = kept?.store === listing.digest && kept.walked.refs === refsDigest;
  // Where what was read tells what is missing, nobody asks git; else git walks meanwhile.
  const isTold = kept === undefined || kept.absent !== undefined;
  const [again, walkedMeanwhile] = await Promise.all([
    readAgain({ ...request, ...(found ?? { kept, keptBy: gitDir }) }, ctx),
    isWalked ? kept.walked : isTold ? undefined : findMissingObjects(gitDir, ctx),
  ]);
  const walked =
    walkedMeanwhile ?? (await countMissing({ gitDir, absent: again.read.absent, head, refs }, ctx));
  const seen = { ...request, again };
  return {
    read: again.read,
    lookedAt: again.lookedAt,
    walked,
    head,
    refs,
    refNames,
    commits: () => commitsToLocate({ ...request, again, walked }, ctx),
    historyProblem: again.kind === 'unchanged' ? again.kept.historyProblem : undefined,
    keep: (passes) => remember({ ...seen, walked: { ...walked, refs: refsDigest }, passes }),
  };
}
