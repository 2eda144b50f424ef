import { type Instant, instantFromMs } from '../core/instant.js';
import type { HoldingRefs, Place } from '../core/leak.js';
import type { ScanTarget } from '../core/scan-target.js';
import type { FileHit } from './file-scanner.js';
import { joined } from './archives/joined.js';
import { compareText, type LocatedHit, placeKey } from './hit.js';
import type { BlobSighting } from './locate.js';
import type { NameSighting } from './locate-names.js';
import type { MessageHit } from './object-scanner.js';

/** A hit and the place that people are shown for it. */
export interface PlacedHit {
  readonly hit: LocatedHit;
  readonly place: Place;
}

/** Everything found in one repository or folder. */
export interface TargetHits {
  readonly target: ScanTarget;
  readonly head: string | undefined;
  readonly sightings: readonly BlobSighting[];
  readonly messages: readonly MessageHit[];
  readonly files: readonly FileHit[];
  readonly names: readonly NameSighting[];
  /** Hides strings that look like keys in a path. */
  readonly cleanPath: (path: string) => string;
}

/** One place a string, encoding and path; a working file that the history knows already is no place of its own. */
export function placesOf(found: TargetHits): PlacedHit[] {
  const working = new Map(found.files.map(({ path, hit }) => [placeKey(path, hit), { path, hit }]));
  const inHistory = found.sightings.map((sighting) => {
    const key = placeKey(sighting.path, sighting.hit);
    const file = working.get(key);
    working.delete(key);
    return blobPlace(found, sighting, file);
  });
  const messages = found.messages.map((message) => messagePlace(found, message));
  const names = found.names.map((name) => namePlace(found, name));
  return [
    ...inHistory,
    ...messages,
    ...names,
    ...[...working.values()].map((file) => filePlace(found, file)),
  ];
}

function blobPlace(found: TargetHits, sighting: BlobSighting, file: FileHit | undefined): PlacedHit {
  // HEAD's line first: that is the one that people can open.
  const hit = sighting.isInHead ? sighting.hit : (file?.hit ?? sighting.hit);
  const commit = sighting.first?.commit;
  const shown = sighting.isInHead ? found.head : commit;
  const isThere = sighting.isInHead || file !== undefined;
  const place = {
    ...common(found, hit),
    kind: kindOf(hit, 'file'),
    commit,
    path: shownPath(found, sighting.path, hit),
    firstSeen: instantOf(sighting.first?.authorTime),
    inHead: isThere,
    pathInHead: file === undefined ? sighting.isPathInHead : true,
    removedAt: isThere ? undefined : instantOf(sighting.removedTime),
    refs: shownRefs(found, sighting.refs),
    url: fileUrl(found, {
      commit: shown,
      path: sighting.path,
      line: hit.inside === undefined ? hit.line : undefined,
    }),
  } satisfies Place;
  return { hit, place };
}

function messagePlace(found: TargetHits, { kind, commit, time, hit }: MessageHit): PlacedHit {
  const { webUrl } = found.target;
  const place = {
    ...common(found, hit),
    kind,
    commit,
    path: undefined,
    firstSeen: instantOf(time),
    inHead: false,
    pathInHead: undefined,
    url: webUrl === undefined || commit === undefined ? undefined : `${webUrl}/commit/${commit}`,
  } satisfies Place;
  return { hit, place };
}

function namePlace(found: TargetHits, { kind, name, hit, commit, time, isInHead }: NameSighting): PlacedHit {
  const located = { ...hit, line: 1, column: hit.from + 1 };
  const place = {
    ...common(found, located),
    kind,
    commit,
    path: found.cleanPath(name),
    firstSeen: instantOf(time),
    inHead: isInHead,
    pathInHead: kind === 'path-name' ? isInHead : undefined,
    // The host's pages have the name, and with it the string, in their addresses.
    url: undefined,
  } satisfies Place;
  return { hit: located, place };
}

function filePlace(found: TargetHits, { path, hit }: FileHit): PlacedHit {
  const place = {
    ...common(found, hit),
    kind: kindOf(hit, 'working-file'),
    commit: undefined,
    path: shownPath(found, path, hit),
    firstSeen: undefined,
    inHead: true,
    pathInHead: true,
    url: undefined,
  } satisfies Place;
  return { hit, place };
}

const kindOf = (hit: LocatedHit, kind: 'file' | 'working-file') =>
  hit.inside === undefined ? kind : 'archive-entry';

function shownPath(found: TargetHits, path: string | undefined, { inside }: LocatedHit): string | undefined {
  return path === undefined ? undefined : found.cleanPath(joined(path, inside ?? ''));
}

const shownRefs = ({ cleanPath }: TargetHits, refs: HoldingRefs | undefined): HoldingRefs | undefined =>
  refs === undefined ? undefined : { ...refs, names: refs.names.map(cleanPath) };

const instantOf = (seconds: number | undefined): Instant | undefined =>
  seconds === undefined ? undefined : instantFromMs(seconds * 1000);

const common = ({ target }: TargetHits, { line, column, encoding }: LocatedHit) => ({
  removedAt: undefined,
  refs: undefined,
  repository: target.name,
  visibility: target.visibility,
  fork: target.fork,
  closedAt: target.closedAt,
  line,
  column,
  encoding,
});

interface Spot {
  readonly commit: string | undefined;
  readonly path: string | undefined;
  /** Undefined in an archive, which the host shows no lines of. */
  readonly line: number | undefined;
}

/** No link to a path that holds a key: the link would hold it too. */
function fileUrl({ target, cleanPath }: TargetHits, { commit, path, line }: Spot): string | undefined {
  if (target.webUrl === undefined || commit === undefined || path === undefined) return undefined;
  if (cleanPath(path) !== path) return undefined;
  const segments = path.split('/').map(encodeURIComponent);
  return `${target.webUrl}/blob/${commit}/${segments.join('/')}${line === undefined ? '' : `#L${line}`}`;
}

/** Oldest first, places without a date last; then whatever makes the order total. */
export function comparePlaces(a: Place, b: Place): number {
  return (
    compareText(a.firstSeen ?? '~', b.firstSeen ?? '~') ||
    compareText(a.repository, b.repository) ||
    compareText(a.kind, b.kind) ||
    compareText(a.path ?? '', b.path ?? '') ||
    compareText(a.commit ?? '', b.commit ?? '') ||
    a.line - b.line ||
    a.column - b.column ||
    compareText(a.encoding, b.encoding)
  );
}
