import type { RunContext } from '../core/run-context.js';
import { listIndex, listTree, type TreeFile } from '../git/head.js';
import { compareAge, findIntroductions, type Introduction, type Removal } from '../git/introductions.js';
import type { HoldingRefs } from '../core/leak.js';
import type { MissingObjects } from '../git/missing.js';
import type { Ref, RefsRead } from '../git/refs.js';
import { findTipFiles, type TipFile } from '../git/tip-files.js';
import { compareText, type LocatedHit, placeKey } from './hit.js';
import { holdingRefs } from './holding-refs.js';
import type { ObjectScanner } from './object-scanner.js';

/** A hit in a blob, with a path where that blob stands. */
export interface BlobSighting {
  readonly hit: LocatedHit;
  /** Undefined when no commit and no index names the blob. */
  readonly path: string | undefined;
  /** The commit that first put the string at that path. */
  readonly first: FirstCommit | undefined;
  readonly isInHead: boolean;
  /** Something stands at the path in HEAD; undefined when HEAD's tree could not be listed, and without a path. */
  readonly isPathInHead: boolean | undefined;
  /** Seconds since 1970: when a commit last took it away from that path; undefined when none did. */
  readonly removedTime: number | undefined;
  /** With names as the repository has them; see {@link HoldingRefs}. */
  readonly refs: HoldingRefs | undefined;
}

export interface FirstCommit {
  readonly commit: string;
  readonly authorTime: number;
}

export interface LocateRequest {
  readonly gitDir: string;
  readonly scanned: ObjectScanner;
  readonly head: string | undefined;
  readonly refs: RefsRead;
  /** Of the history of all refs. */
  readonly walked: MissingObjects;
  /** The commits that may have brought something, one id a line; asked for only when there are hits. */
  readonly commits: () => Promise<Uint8Array>;
  /** What there is to say of those that need not be looked at again. */
  readonly historyProblem: string | undefined;
}

/** What one pass over commits gave. */
export interface HistoryPass {
  /** The commits that brought something, or took it away. */
  readonly introducers: ReadonlySet<string>;
  /** Why some of them may be unknown. */
  readonly historyProblem: string | undefined;
}

export const NO_PASS: HistoryPass = { introducers: new Set(), historyProblem: undefined };

export interface Located extends HistoryPass {
  readonly sightings: readonly BlobSighting[];
  /** Why some places may lack their commit or path, for people. */
  readonly problems: readonly string[];
}

/** Where and when the blobs with hits came in: one pass over all commits, only when there are hits. */
export async function locateBlobs(request: LocateRequest, ctx: Pick<RunContext, 'signal'>): Promise<Located> {
  const { gitDir, scanned, head } = request;
  if (scanned.blobHits.size === 0) return { ...NO_PASS, sightings: [], problems: [] };
  const blobs = new Set(scanned.blobHits.keys());
  const sightings = new Sightings(scanned.blobHits);
  const introducers = new Set<string>();
  const history = await findIntroductions(
    {
      gitDir,
      commits: await request.commits(),
      blobs,
      removed: (removal) => {
        if (sightings.addRemoval(removal)) introducers.add(removal.commit);
      },
    },
    (introduction) => {
      introducers.add(introduction.commit);
      sightings.addIntroduction(introduction);
    },
    ctx,
  );
  const isWantedPath = (path: string): boolean => sightings.hasPath(path);
  const tree =
    head === undefined ? undefined : await listTree({ gitDir, commit: head, blobs, isWantedPath }, ctx);
  for (const { path, blob } of tree?.files ?? []) sightings.addFile(path, blob, true);
  if (tree !== undefined && tree.problem === undefined) sightings.compareWithHead(tree.files);
  const index = await listIndex({ gitDir, blobs: sightings.unplaced() }, ctx);
  for (const { path, blob } of index.files) sightings.addFile(path, blob, false);
  await addTips(request, sightings, ctx);
  sightings.addUnplaced();
  const historyProblem = history.problem ?? request.historyProblem;
  const problems = [historyProblem, tree?.problem, index.problem].filter((problem) => problem !== undefined);
  return { sightings: sightings.all(), introducers, historyProblem, problems };
}

/** One pass over the tips of all refs. Where a tree on the way may be missing, nobody can say which of them hold something. */
async function addTips(
  { gitDir, refs, walked }: LocateRequest,
  sightings: Sightings,
  ctx: Pick<RunContext, 'signal'>,
): Promise<void> {
  if (refs.problem !== undefined || walked.problem !== undefined || walked.missing > 0) return;
  const paths = sightings.paths().filter((path) => !path.includes('\n'));
  const tips = [...new Set(refs.refs.map(({ id }) => id))].sort(compareText);
  const files: TipFile[] = [];
  const take = (file: TipFile): void => void (sightings.holds(file.blob) && files.push(file));
  const { problem } = await findTipFiles({ gitDir, tips, paths }, take, ctx);
  if (problem === undefined) sightings.addTips(paths, files, refs.refs);
}

interface Sighting {
  readonly path: string | undefined;
  hit: LocatedHit;
  first: Introduction | undefined;
  isInHead: boolean;
  isPathInHead: boolean | undefined;
  removedTime: number | undefined;
  refs: HoldingRefs | undefined;
}

const UNSEEN = {
  first: undefined,
  isInHead: false,
  isPathInHead: undefined,
  removedTime: undefined,
  refs: undefined,
};

/** One sighting for each string, encoding and path, however many versions of the file hold it. */
class Sightings {
  readonly #hits: ReadonlyMap<string, readonly LocatedHit[]>;
  readonly #byPlace = new Map<string, Sighting>();
  readonly #placed = new Set<string>();
  readonly #paths = new Set<string>();

  constructor(hits: ReadonlyMap<string, readonly LocatedHit[]>) {
    this.#hits = hits;
  }

  addIntroduction(introduction: Introduction): void {
    this.#each(introduction.blob, introduction.path, (hit, sighting) => {
      if (sighting.first !== undefined && compareAge(sighting.first, introduction) <= 0) return;
      sighting.first = introduction;
      sighting.hit = hit;
    });
  }

  /** Of several branches the last one counts: until then it could be found without digging. Answers whether a string went. */
  addRemoval({ before, after, path, committerTime }: Removal): boolean {
    const still = new Set((this.#hits.get(after) ?? []).map((hit) => placeKey(undefined, hit)));
    let went = false;
    for (const blob of new Set(before))
      this.#each(blob, path, (hit, sighting) => {
        if (still.has(placeKey(undefined, hit))) return;
        went = true;
        sighting.removedTime = Math.max(committerTime, sighting.removedTime ?? committerTime);
      });
    return went;
  }

  /** A place in HEAD (whose line is then the one to show), or in the index only. */
  addFile(path: string, blob: string, isInHead: boolean): void {
    this.#each(blob, path, (hit, sighting) => {
      if (!isInHead) return;
      sighting.isInHead = true;
      sighting.hit = hit;
    });
  }

  hasPath(path: string): boolean {
    return this.#paths.has(path);
  }

  /** @param files what HEAD's whole tree has at the paths of sightings */
  compareWithHead(files: readonly TreeFile[]): void {
    const there = new Set(files.map(({ path }) => path));
    for (const sighting of this.#byPlace.values())
      if (sighting.path !== undefined) sighting.isPathInHead = there.has(sighting.path);
  }

  paths(): readonly string[] {
    return [...this.#paths].sort(compareText);
  }

  holds(blob: string): boolean {
    return this.#hits.has(blob);
  }

  /** @param files what the tips of these refs have at those paths, of what holds something */
  addTips(paths: readonly string[], files: readonly TipFile[], refs: readonly Ref[]): void {
    const asked = new Set(paths);
    const tips = new Map<Sighting, Set<string>>();
    for (const sighting of this.#byPlace.values())
      if (sighting.path !== undefined && asked.has(sighting.path)) tips.set(sighting, new Set());
    for (const { blob, path, tip } of files)
      for (const hit of this.#hits.get(blob) ?? []) {
        const sighting = this.#byPlace.get(placeKey(path, hit));
        if (sighting !== undefined) tips.get(sighting)?.add(tip);
      }
    for (const [sighting, held] of tips) sighting.refs = holdingRefs(held, refs);
  }

  unplaced(): ReadonlySet<string> {
    return new Set([...this.#hits.keys()].filter((blob) => !this.#placed.has(blob)));
  }

  addUnplaced(): void {
    const blobs = [...this.unplaced()].sort(compareText);
    for (const blob of blobs) this.#each(blob, undefined, () => undefined);
  }

  all(): BlobSighting[] {
    return [...this.#byPlace.values()];
  }

  #each(blob: string, path: string | undefined, change: (hit: LocatedHit, sighting: Sighting) => void): void {
    if (path !== undefined) {
      this.#placed.add(blob);
      this.#paths.add(path);
    }
    for (const hit of this.#hits.get(blob) ?? []) {
      const key = placeKey(path, hit);
      const sighting = this.#byPlace.get(key) ?? { ...UNSEEN, path, hit };
      this.#byPlace.set(key, sighting);
      change(hit, sighting);
    }
  }
}
