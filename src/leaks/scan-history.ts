import type { Coverage } from '../core/coverage.js';
import type { MissingObjects } from '../git/missing.js';
import type { ObjectsRead } from '../git/objects.js';
import { refuseSpecialFiles } from '../git/special-files.js';
import { type ScanContext, scanStore } from './cache/scan-store.js';
import { type BlobSighting, locateBlobs } from './locate.js';
import { locateNames, type NameSighting } from './locate-names.js';
import type { Needles } from './needles.js';
import { type MessageHit, ObjectScanner } from './object-scanner.js';

export interface HistoryRequest {
  /** The repository's name in reports. */
  readonly name: string;
  readonly gitDir: string;
  /** Put before every path: where a repository inside another stands; empty for the target itself. */
  readonly prefix: string;
  /** As in a `ScanTarget`. */
  readonly relatives: readonly string[];
}

export interface HistoryScan {
  readonly prefix: string;
  readonly head: string | undefined;
  readonly sightings: readonly BlobSighting[];
  readonly messages: readonly MessageHit[];
  readonly names: readonly NameSighting[];
  readonly coverage: Coverage;
}

/** Scans every object of a repository's store, reachable or not, and finds out where the hits came in. */
export async function scanHistory(
  { name, gitDir, prefix, relatives }: HistoryRequest,
  needles: Needles,
  ctx: ScanContext,
): Promise<HistoryScan> {
  await refuseSpecialFiles(gitDir);
  const scanned = new ObjectScanner(needles);
  const store = await scanStore({ gitDir, relatives, scanned, needles }, ctx);
  const { read, walked, head } = store;
  ctx.progress.detail(`${name}: ${read.objects} objects, ${store.lookedAt} of them scanned now`);
  const request = { ...store, gitDir, scanned };
  const located = await locateBlobs(request, ctx);
  const named = await locateNames(request, needles, ctx);
  await store.keep([located, named]);
  const reasons = [
    ...reasonsOf(read, walked),
    ...[...located.problems, ...named.problems].map(unlocatedReason),
  ];
  const gaps = scanned.archiveGaps;
  const told = [...reasons, ...gaps.reasons(), ...read.detours];
  const missing = read.missing + walked.missing;
  return {
    prefix,
    head,
    sightings: located.sightings.map((sighting) =>
      sighting.path === undefined ? sighting : { ...sighting, path: prefix + sighting.path },
    ),
    messages: scanned.messageHits,
    names: named.names.map((name) =>
      name.kind === 'ref-name' ? name : { ...name, name: prefix + name.name },
    ),
    coverage: {
      source: name,
      kind: 'repository',
      part: historyPart(prefix),
      status: reasons.length === 0 && !gaps.isPartial ? 'complete' : 'partial',
      expected: walked.problem === undefined && !walked.isShallow ? read.objects + missing : undefined,
      seen: read.objects,
      // How it was read is worth a word, complete or not.
      ...(told.length === 0 ? {} : { reason: told.join('; ') }),
      ...(head === undefined ? {} : { head }),
    },
  };
}

/** What coverage calls it. @param prefix as in {@link HistoryRequest} */
export const historyPart = (prefix: string): string =>
  prefix === '' ? 'objects' : `objects of ${prefix.slice(0, -1)}`;

function reasonsOf(read: ObjectsRead, walked: MissingObjects): string[] {
  const missing = `${walked.missing} objects are missing from the store: fetch them, or clone without a filter`;
  const damaged = `${read.missing} objects cannot be read: check the repository with git fsck`;
  return [
    ...(walked.missing === 0 ? [] : [missing]),
    ...(read.missing === 0 ? [] : [damaged]),
    ...(walked.isShallow
      ? ['the clone is shallow: run git fetch --unshallow to have the older commits']
      : []),
    ...(read.problem === undefined ? [] : [`${read.problem}: check the repository with git fsck`]),
    ...(walked.problem === undefined
      ? []
      : [`the history could not be walked to its end (${walked.problem})`]),
  ];
}

const unlocatedReason = (problem: string): string =>
  `some places lack their commit or path, because ${problem}`;
