import { compareText } from '../core/compare-text.js';
import type { RunContext } from '../core/run-context.js';
import { splitRecords, type StreamEnd, streamGit, UnexpectedOutput } from './stream-git.js';

/** A commit that put a content at a path. */
export interface Introduction {
  readonly blob: string;
  readonly path: string;
  readonly commit: string;
  /** Seconds since 1970, as the commit says; anybody can write anything there. */
  readonly authorTime: number;
  readonly committerTime: number;
}

/** A commit that took a content away from a path, or put another one in its place. */
export interface Removal {
  /** What stood there in its parents. */
  readonly before: readonly string[];
  /** What stands there since; all zeros when nothing does. */
  readonly after: string;
  readonly path: string;
  readonly commit: string;
  readonly committerTime: number;
}

/** The author's date first; a rebased copy has the same one and a later committer's. Ids only make the order total. */
export const compareAge = (a: Introduction, b: Introduction): number =>
  a.authorTime - b.authorTime || a.committerTime - b.committerTime || compareText(a.commit, b.commit);

export interface IntroductionRequest {
  readonly gitDir: string;
  /** One id a line: the commits to look at, reachable or not. */
  readonly commits: Uint8Array;
  readonly blobs: ReadonlySet<string>;
  /** Paths that are wanted whatever their content. */
  readonly isWantedPath?: (path: string) => boolean;
  /** Told where wanted contents went away. */
  readonly removed?: (removal: Removal) => void;
}

const DIFF_TREE =
  'diff-tree --stdin -z -r -c --root --raw --no-abbrev --no-renames --no-ext-diff --no-textconv --no-color -O/dev/null --always'
    .split(' ')
    .concat('--format=%H %at %ct');

/** Each one costs a process; a store with more gaps is hardly one. */
const MAX_RESTARTS = 200;

/**
 * Finds where wanted contents came in: for a merge only what none of its parents has (`-c`). No content is read, so that
 * missing ones do no harm. One pass, but for commits whose parents or trees are missing: git gives up at each of them,
 * and is started again behind it. Each introduction is reported once, in the order of `commits`.
 */
export async function findIntroductions(
  request: IntroductionRequest,
  report: (introduction: Introduction) => void,
  ctx: Pick<RunContext, 'signal'>,
): Promise<StreamEnd> {
  const lineBytes = request.commits.indexOf(LINE_FEED) + 1;
  let rest = request.commits;
  for (let restarts = 0; rest.length > 0; restarts += 1) {
    const parser = new RawDiffParser(request, report);
    const take = splitRecords(0, (record) => parser.take(record));
    const { problem } = await streamGit({ gitDir: request.gitDir, args: DIFF_TREE, input: rest }, take, ctx);
    if (problem === undefined) return { problem: restarts === 0 ? undefined : incomparable(restarts) };
    if (restarts === MAX_RESTARTS || lineBytes === 0) return { problem };
    // Git tells of a commit before it compares it, or gives up before that: then it told of none.
    rest = rest.subarray(Math.max(1, parser.commits) * lineBytes);
    if (rest.length === 0) return { problem: incomparable(restarts + 1) };
  }
  return { problem: undefined };
}

const LINE_FEED = 10;
const incomparable = (count: number): string =>
  `git could not compare ${count} or more commits with their parents`;

const HEADER = /^([0-9a-f]{40,64}) (-?\d{1,19}) (-?\d{1,19})$/;

type Wanted = Pick<IntroductionRequest, 'blobs' | 'isWantedPath' | 'removed'>;

/** Reads NUL-separated records: a commit's line, then `:<modes> <ids> <status>` and a path in turn. */
class RawDiffParser {
  /** How many were told of. */
  commits = 0;
  readonly #wanted: Wanted;
  readonly #report: (introduction: Introduction) => void;
  #commit = { commit: '', authorTime: 0, committerTime: 0 };
  /** The new content of the path that comes next. */
  #pending: string | undefined;
  /** The contents before it, one a parent; only kept while one of them is wanted. */
  #before: readonly string[] = [];

  constructor(wanted: Wanted, report: (introduction: Introduction) => void) {
    this.#wanted = wanted;
    this.#report = report;
  }

  take(record: Buffer): void {
    if (this.#pending !== undefined) this.#takePath(record);
    else {
      // The first change of a commit with one parent stands behind a line feed.
      const text = record.toString('latin1').trim();
      if (text.startsWith(':')) this.#takeChange(text);
      else this.#takeCommit(text);
    }
  }

  #takeChange(text: string): void {
    const fields = text.split(' ');
    this.#pending = fields.at(-2) ?? '';
    // As many colons, and contents before the last, as the commit has parents; modes stand before them.
    const before = fields.slice(fields.length / 2, -2);
    this.#before = before.some((id) => this.#wanted.blobs.has(id)) ? before : [];
  }

  #takePath(record: Buffer): void {
    const blob = this.#pending ?? '';
    this.#pending = undefined;
    const { blobs, isWantedPath, removed } = this.#wanted;
    if (this.#before.length > 0 && removed !== undefined) {
      const { commit, committerTime } = this.#commit;
      const path = record.toString('utf8');
      removed({ before: this.#before, after: blob, path, commit, committerTime });
    }
    if (!blobs.has(blob) && isWantedPath === undefined) return;
    const path = record.toString('utf8');
    // All zeros: the path went away.
    const isWanted = blobs.has(blob) || (isWantedPath?.(path) === true && !/^0+$/.test(blob));
    if (isWanted) this.#report({ ...this.#commit, blob, path });
  }

  #takeCommit(line: string): void {
    if (line === '') return;
    const [, commit, authorTime, committerTime] = HEADER.exec(line) ?? [];
    if (commit === undefined) throw new UnexpectedOutput('git diff-tree wrote an unexpected line');
    this.commits += 1;
    this.#commit = { commit, authorTime: Number(authorTime), committerTime: Number(committerTime) };
  }
}
