import type { RunContext } from '../core/run-context.js';
import { listTree } from '../git/head.js';
import { compareAge, findIntroductions, type Introduction } from '../git/introductions.js';
import type { Ref } from '../git/refs.js';
import type { Hit } from './hit.js';
import { type HistoryPass, type LocateRequest, NO_PASS } from './locate.js';
import type { Needles } from './needles.js';
import { scanBytes } from './scan-bytes.js';

/** A string in the name of a file, a folder or a ref. */
export interface NameSighting {
  readonly kind: 'path-name' | 'ref-name';
  /** A path from the root that ends with the name that holds the string, or a ref's full name. Holds the string itself. */
  readonly name: string;
  /** Offsets count within the name. */
  readonly hit: Hit;
  /** The commit that first had the path, or what the ref points at. */
  readonly commit: string | undefined;
  /** Seconds since 1970. */
  readonly time: number | undefined;
  /** It can be seen without digging: in HEAD, or as a ref. */
  readonly isInHead: boolean;
}

export interface LocatedNames extends HistoryPass {
  readonly names: readonly NameSighting[];
  readonly problems: readonly string[];
}

export interface NamesRequest extends LocateRequest {
  /** As {@link inRefNames} found them. */
  readonly refNames: readonly NameSighting[];
}

/** Finds out where names in directories stood: one pass over all commits, only when there are any. */
export async function locateNames(
  request: NamesRequest,
  needles: Needles,
  ctx: Pick<RunContext, 'signal'>,
): Promise<LocatedNames> {
  const { refs, refNames } = request;
  const paths = await locatePaths(request, ctx);
  const pathNames = [...paths.found].flatMap(([name, { first, isInHead }]) =>
    scanBytes(Buffer.from(name), needles).map((hit) => ({
      kind: 'path-name' as const,
      name,
      hit,
      commit: first?.commit,
      time: first?.authorTime,
      isInHead,
    })),
  );
  const problems = [refs.problem, ...paths.problems].filter((problem) => problem !== undefined);
  return { ...paths, names: [...refNames, ...pathNames], problems };
}

/** Fewer are looked through sooner than the quick look is made ready: about 5 ms, for what most scans of a kept store do not need. */
const FEW_REFS = 500;

/** One look at all names together: there may be thousands, and hardly ever one that tells something. */
const mayHoldSome = (refs: readonly Ref[], { mayHold }: Needles): boolean =>
  refs.length < FEW_REFS || mayHold?.(Buffer.from(refs.map(({ name }) => name).join('\n'))) !== false;

/** What stands in the names of refs. */
export const inRefNames = (refs: readonly Ref[], needles: Needles): readonly NameSighting[] =>
  mayHoldSome(refs, needles) ? refs.flatMap((ref) => inRefName(ref, needles)) : [];

const inRefName = ({ name, id }: Ref, needles: Needles): NameSighting[] =>
  scanBytes(Buffer.from(name), needles).map((hit) => ({
    kind: 'ref-name',
    name,
    hit,
    commit: id,
    time: undefined,
    isInHead: true,
  }));

interface FoundPath {
  first: Introduction | undefined;
  isInHead: boolean;
}

interface Paths extends HistoryPass {
  readonly found: ReadonlyMap<string, FoundPath>;
  readonly problems: readonly (string | undefined)[];
}

async function locatePaths(
  { gitDir, scanned, head, commits, historyProblem: earlier }: LocateRequest,
  ctx: Pick<RunContext, 'signal'>,
): Promise<Paths> {
  const found = new Map<string, FoundPath>();
  if (scanned.names.size === 0) return { ...NO_PASS, found, problems: [] };
  const unplaced = new Set(scanned.names.keys());
  const entry = (path: string): FoundPath => {
    const parts = path.split('/');
    const at = parts.findIndex((part) => scanned.names.has(part));
    unplaced.delete(parts[at] ?? '');
    const name = parts.slice(0, at + 1).join('/');
    const there = found.get(name) ?? { first: undefined, isInHead: false };
    found.set(name, there);
    return there;
  };
  const blobs = new Set<string>();
  const isWantedPath = (path: string): boolean => path.split('/').some((part) => scanned.names.has(part));
  const introducers = new Set<string>();
  const history = await findIntroductions(
    { gitDir, commits: await commits(), blobs, isWantedPath },
    (introduction) => {
      introducers.add(introduction.commit);
      const there = entry(introduction.path);
      if (there.first === undefined || compareAge(introduction, there.first) < 0) there.first = introduction;
    },
    ctx,
  );
  const historyProblem = history.problem ?? earlier;
  const tree =
    head === undefined ? undefined : await listTree({ gitDir, commit: head, blobs, isWantedPath }, ctx);
  for (const { path } of tree?.files ?? []) entry(path).isInHead = true;
  for (const name of unplaced) found.set(name, { first: undefined, isInHead: false });
  return { found, introducers, historyProblem, problems: [historyProblem, tree?.problem] };
}
