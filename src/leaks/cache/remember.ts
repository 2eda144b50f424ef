import { compareText } from '../../core/compare-text.js';
import type { Absent } from '../../git/absent.js';
import { ObjectIds } from '../../git/object-ids.js';
import type { StoreListing } from '../../git/store-listing.js';
import type { HistoryPass } from '../locate.js';
import type { ObjectScanner } from '../object-scanner.js';
import type { KeptObjects, KeptScan, SearchedFor } from './kept-scan.js';
import type { NeedleTags } from './needle-tags.js';
import type { ChangedRead, FirstRead, ReadAgain } from './read-again.js';
import type { ScanCache } from './scan-cache.js';

/** How many sets of needles a scan remembers to have covered: the same folder may be used with and without an inventory. */
const MAX_COVERED = 8;

export interface Remembered {
  readonly gitDir: string;
  readonly cache: ScanCache;
  readonly tags: NeedleTags;
  readonly listing: StoreListing;
  readonly again: ReadAgain;
  readonly walked: KeptScan['walked'];
  readonly passes: readonly HistoryPass[];
  readonly scanned: Pick<ObjectScanner, 'telling' | 'gapped'>;
}

/** Keeps a scan for the next run, unless something could not be read: that is to be looked at again. */
export async function remember(request: Remembered): Promise<void> {
  const { gitDir, cache, again, walked } = request;
  if (again.read.problem !== undefined || again.read.missing > 0 || walked.problem !== undefined) return;
  if (again.kind === 'unchanged') {
    if (again.kept.walked.refs !== walked.refs) await cache.update(gitDir, { ...again.kept, walked });
    return;
  }
  const { ids } = again;
  if (ids === undefined || again.read.objects !== ids.all.count) return;
  const next =
    again.kind === 'first'
      ? anew(request, again)
      : again.isGrown
        ? grown(request, again)
        : widened(request, again);
  const { kept, tags, ahead } = next;
  await cache.save(gitDir, { ...kept, objects: ids.all.count }, { scanned: ids.all, tags, ahead });
}

/** Every run reads them: more than so many take longer than they save. */
const MAX_ABSENT = 20_000;

/** Only what saves git a walk: where more is missing than was left out on purpose, git is asked in any case. */
function absentToKeep(absent: Absent | undefined): ObjectIds | undefined {
  if (absent === undefined || absent.named.size > MAX_ABSENT) return undefined;
  return absent.named.size === 0 || absent.isPartial ? ObjectIds.of(absent.named) : undefined;
}

interface Next {
  readonly kept: Omit<KeptScan, 'body' | 'objects'>;
  readonly tags: KeptObjects['tags'];
  readonly ahead: SearchedFor;
}

const NONE: SearchedFor = { ids: ObjectIds.none, tags: [] };
/** More are not worth it. */
const MAX_AHEAD = 10_000;

/** All objects were searched for this run's needles; some of them for no others. */
function anew(request: Remembered, { read }: FirstRead | ChangedRead): Next {
  const { tags, listing, walked, passes, scanned } = request;
  const historyProblem = problemOf(passes);
  const absent = walked.isShallow ? undefined : absentToKeep(read.absent);
  return {
    kept: {
      store: listing.digest,
      covered: [tags.digest],
      telling: ObjectIds.of(scanned.telling),
      gaps: [...scanned.gapped].filter(([id]) => !scanned.telling.has(id)),
      introducers: ObjectIds.of(passes.flatMap(({ introducers }) => [...introducers])),
      ...(historyProblem === undefined ? {} : { historyProblem }),
      ...(absent === undefined ? {} : { absent }),
      walked,
      detours: read.detours,
    },
    tags: tags.list(),
    ahead: NONE,
  };
}

/** Objects are new, and were searched for this run's needles; the others for what earlier runs looked for besides. */
function grown(request: Remembered, again: ChangedRead): Next {
  const { kept, objects, ids } = again;
  const next = anew(request, again);
  const ahead = aheadOf(again, [...objects.tags, ...objects.ahead.tags], next.tags);
  if (ahead.tags.length === 0) return next;
  // What told something of that is read again by those who look for it again.
  const telling = ObjectIds.union([kept.telling.within(ids.all), next.kept.telling]);
  const introducers = ObjectIds.union([kept.introducers.within(ids.all), next.kept.introducers]);
  return { ...next, kept: { ...next.kept, telling, introducers }, ahead };
}

function aheadOf(
  { objects: { scanned, ahead }, ids }: ChangedRead,
  before: readonly string[],
  now: readonly string[],
): SearchedFor {
  const of = new Set(now);
  const tags = [...new Set(before)].filter((tag) => !of.has(tag)).sort(compareText);
  if (tags.length === 0 || tags.length > MAX_AHEAD) return NONE;
  const searched = ahead.tags.length === 0 ? scanned : ahead.ids;
  return { ids: searched.within(ids.all), tags };
}

/** No object is new: all were searched for everything that earlier runs looked for, and for this run's needles too. */
function widened(request: Remembered, again: ChangedRead): Next {
  const { kept, objects, ids } = again;
  const next = anew(request, again);
  const historyProblem = next.kept.historyProblem ?? kept.historyProblem;
  const tags = [...new Set([...objects.tags, ...next.tags])].sort(compareText);
  return {
    kept: {
      ...next.kept,
      covered: [...new Set([...kept.covered, ...next.kept.covered])].slice(-MAX_COVERED),
      telling: ObjectIds.union([kept.telling.within(ids.all), next.kept.telling]),
      introducers: ObjectIds.union([kept.introducers.within(ids.all), next.kept.introducers]),
      ...(historyProblem === undefined ? {} : { historyProblem }),
    },
    tags,
    ahead: aheadOf(again, objects.ahead.tags, tags),
  };
}

const problemOf = (passes: readonly HistoryPass[]): string | undefined =>
  passes.find(({ historyProblem }) => historyProblem !== undefined)?.historyProblem;
