import { rm } from 'node:fs/promises';
import { compareText } from '../core/compare-text.js';
import type { Coverage } from '../core/coverage.js';
import type { RunContext } from '../core/run-context.js';
import type { ScanTarget } from '../core/scan-target.js';
import { type DiskRoom, makeRoom, NoRoom, withinRoom } from './disk-room.js';
import { mirrorFolder, mirrorFolders } from './mirror-folder.js';
import { mirrorRepositories, type Mirrors, type MirrorsRequest } from './mirror-repositories.js';
import type { RemoteRepository } from './remote-repository.js';

export interface MirrorsInTurn {
  /** Each is on the disk from when it is given until the next one is asked for, and perhaps longer. */
  readonly targets: AsyncIterable<ScanTarget>;
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
    targets: inGroups(request, coverage, ctx),
    coverage: () => coverage.toSorted((a, b) => compareText(a.source, b.source)),
  };
}

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
    yield* mirrors?.targets ?? [];
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
  await makeRoom(room, { bytes: isAlone ? room.maxBytes : expected, folders: others });
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
