import { rm } from 'node:fs/promises';
import { compareText } from '../core/compare-text.js';
import type { Coverage } from '../core/coverage.js';
import type { RunContext } from '../core/run-context.js';
import type { IsSilent, Passing, ScanTarget } from '../core/scan-target.js';
import { type DiskRoom, makeRoom, NoRoom, withinRoom } from './disk-room.js';
import { mirrorFolder, mirrorFolders } from './mirror-folder.js';
import { mirrorRepositories, type Mirrors, type MirrorsRequest, wikisOf } from './mirror-repositories.js';
import {
  dropMirror,
  isUpToDate,
  mayHangOnPulls,
  type MirrorState,
  readDroppedState,
  readMirrorState,
  touchDroppedState,
} from './mirror-state.js';
import type { RemoteRepository } from './remote-repository.js';

export interface MirrorsInTurn {
  /** Each is on the disk from when it is given until the next one is asked for, and perhaps longer. */
  readonly targets: (isSilent: IsSilent) => AsyncIterable<ScanTarget>;
  /** Whole when `targets` was read to its end. */
  readonly coverage: () => readonly Coverage[];
}

type InTurnRequest = Omit<MirrorsRequest, 'directory'> & { readonly room: DiskRoom };

/** Less than GitHub tells for an empty repository; also for those of which it tells nothing. */
const LEAST_BYTES = 256 * 1024;

/**
 * Mirrors as many repositories at a time as the disk may hold, the largest first, and removes those that were scanned as the
 * room is needed. What GitHub tells of sizes is a guess: a group that turns out too large is fetched one by one.
 */
export function mirrorInTurn(request: InTurnRequest, ctx: RunContext): MirrorsInTurn {
  const coverage: Coverage[] = [];
  return {
    targets: (isSilent) => keptAndBrought({ request, coverage, isSilent }, ctx),
    coverage: () => coverage.toSorted((a, b) => compareText(a.source, b.source)),
  };
}

interface Turn {
  readonly request: InTurnRequest;
  readonly coverage: Coverage[];
  readonly isSilent: IsSilent;
}

/** What was dropped, is what it was, and had nothing in it, is not brought again. */
async function* keptAndBrought(turn: Turn, ctx: RunContext): AsyncGenerator<ScanTarget> {
  const { request, coverage } = turn;
  const wanted: RemoteRepository[] = [];
  for (const repository of request.repositories) {
    const gone = await goneTarget(turn, repository, ctx);
    if (gone === undefined) {
      wanted.push(repository);
      continue;
    }
    yield gone;
    if (request.entry.include.wikis) wanted.push(...wikisOf([repository]));
  }
  yield* inGroups({ ...request, repositories: wanted }, coverage, ctx);
}

async function goneTarget(
  { request, isSilent }: Turn,
  repository: RemoteRepository,
  ctx: Pick<RunContext, 'clock'>,
): Promise<ScanTarget | undefined> {
  const { entry, room, watchPulls } = request;
  const { name, visibility, fork, closedAt, webUrl, kind, disabled, defaultBranch } = repository;
  const path = mirrorFolder({ entry, directory: room.directory }, name);
  const state = disabled ? undefined : await readDroppedState(path);
  if (state === undefined || state.defaultBranch !== defaultBranch) return undefined;
  const pullRequests = entry.include.pullRequests && kind === 'repository';
  const mayAsk = mayHangOnPulls(state, repository, pullRequests);
  const pulls = pullRequests ? await watchPulls?.(repository, mayAsk) : undefined;
  if (!isUpToDate(state, repository, { pullRequests, pulls })) return undefined;
  const version = versionOf(state);
  if (!(await isSilent(path, version))) return undefined;
  await touchDroppedState(path, ctx.clock);
  return { name, path, visibility, fork, closedAt, webUrl, passing: { version, isGone: true } };
}

/** Of a mirror that is there. One that was not fetched to its end has none, and is looked through in each run. */
async function passingOf({ path }: ScanTarget): Promise<{ readonly passing?: Passing }> {
  const state = await readMirrorState(path);
  return state === undefined ? {} : { passing: { version: versionOf(state), isGone: false } };
}

const versionOf = (state: MirrorState): string => JSON.stringify(state);

async function* inGroups(
  request: InTurnRequest,
  coverage: Coverage[],
  ctx: RunContext,
): AsyncGenerator<ScanTarget> {
  const groups = groupsOf(request).map((repositories): Group => ({ repositories, isAlone: false }));
  let left = request.repositories.length;
  for (let group = groups.shift(); group !== undefined; group = groups.shift()) {
    const { repositories, isAlone } = group;
    ctx.progress.note(`Fetching ${repositories.length} of ${left} repositories that are left`);
    const mirrors = await mirrorGroup(request, group, ctx);
    if (mirrors === undefined && !isAlone) {
      groups.push(...repositories.map((one) => ({ repositories: [one], isAlone: true })));
      continue;
    }
    left -= repositories.length;
    coverage.push(...(mirrors?.coverage ?? repositories.map(({ name }) => tooLarge(name, request.room))));
    for (const target of mirrors?.targets ?? []) yield { ...target, ...(await passingOf(target)) };
  }
}

interface Group {
  readonly repositories: readonly RemoteRepository[];
  /** Nothing else may be on the disk. */
  readonly isAlone: boolean;
}

/** As many as should fit, in the order of their sizes. */
function groupsOf({ repositories, room, entry }: InTurnRequest): RemoteRepository[][] {
  const ordered = repositories.toSorted((a, b) => b.sizeKib - a.sizeKib || compareText(a.name, b.name));
  const groups: RemoteRepository[][] = [];
  let free = 0;
  for (const repository of ordered) {
    const bytes = expectedBytes(repository) * (entry.include.wikis && repository.hasWiki ? 2 : 1);
    if (bytes > free || groups.length === 0) {
      groups.push([]);
      free = room.maxBytes;
    }
    groups.at(-1)?.push(repository);
    free -= bytes;
  }
  return groups;
}

const expectedBytes = ({ sizeKib }: RemoteRepository): number => Math.max(LEAST_BYTES, sizeKib * 1024);

/** Undefined when they do not fit; then none of them is left. */
async function mirrorGroup(
  request: InTurnRequest,
  { repositories, isAlone }: Group,
  ctx: RunContext,
): Promise<Mirrors | undefined> {
  const { room } = request;
  const own = new Set(repositories.flatMap(({ name }) => foldersOf(request, name)));
  const others = (await mirrorFolders(room.directory)).filter((folder) => !own.has(folder));
  const expected = repositories.reduce((sum, repository) => sum + expectedBytes(repository), 0);
  await makeRoom(room, { bytes: isAlone ? room.maxBytes : expected, folders: others, drop: dropMirror });
  const wanted = { ...request, repositories, directory: room.directory };
  try {
    return await withinRoom(room, ctx, (signal) => mirrorRepositories(wanted, { ...ctx, signal }));
  } catch (error) {
    if (!(error instanceof NoRoom)) throw error;
    // A git that is being stopped may still write.
    for (const folder of own) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    return undefined;
  }
}

/** Of a repository and of its wiki. */
const foldersOf = ({ entry, room }: InTurnRequest, name: string): readonly string[] =>
  [name, `${name}.wiki`].map((one) => mirrorFolder({ entry, directory: room.directory }, one));

const tooLarge = (name: string, { maxBytes }: DiskRoom): Coverage => ({
  source: name,
  kind: 'repository',
  part: 'clone',
  status: 'failed',
  expected: undefined,
  seen: 0,
  reason: `the repository takes more than the ${Math.floor(maxBytes / 1024 ** 2)} MiB that --max-disk allows, so it was not scanned: allow more`,
});
