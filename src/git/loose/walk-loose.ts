import type { RunContext } from '../../core/run-context.js';
import { absentIds, planMemory } from '../pack/memory-plan.js';
import { readTogether } from '../pack/pack-threads.js';
import type { PackReading } from '../pack/walk-pack.js';
import { loadWalkerModule } from '../pack/walker-module.js';
import { FLAGGED, type LoosePart, OPENED, readLoosePart, typesOf, unpackedBytes } from './loose-part.js';

export interface LooseRequest {
  /** As `StoreFiles` has them. */
  readonly folders: readonly string[];
  /** 40 hex digits each, in order. */
  readonly ids: readonly string[];
  readonly reading: PackReading;
  /** Fewer objects are left to git; tests make it small. */
  readonly minObjects?: number | undefined;
}

export interface WalkedLoose {
  /** Ids of objects that may hold something. */
  readonly flagged: readonly string[];
  /** Ids of objects that are larger than most, or not to be understood: they are git's to read, and to complain about. */
  readonly unread: readonly string[];
  /** Ids that the others name and that are not among them, 20 bytes each and some more than once; undefined when nobody can tell. */
  readonly absent: Buffer | undefined;
  /** The ids of all other commits, one a line. */
  readonly commits: Buffer;
}

/** As many are read by git in the time in which the reader is made ready. */
const MIN_OBJECTS = 256;
/** Fewer are read without other threads: a thread's start takes as long. */
const MIN_SHARED = 1500;

/**
 * Reads loose objects and tells which ones may hold something.
 * @throws `signal.reason` when that is aborted.
 */
export async function walkLoose(
  request: LooseRequest,
  ctx: Pick<RunContext, 'signal'>,
): Promise<WalkedLoose> {
  const part = request.ids.length < (request.minObjects ?? MIN_OBJECTS) ? undefined : partOf(request);
  const { judge, helpers } = request.reading;
  const isRead =
    part !== undefined && (await readTogether(part, { turns: readLoosePart(part, judge), helpers }, ctx));
  return isRead ? asRead(part, request) : leftToGit(request.ids);
}

const leftToGit = (ids: readonly string[]): WalkedLoose => ({
  flagged: [],
  unread: ids,
  absent: Buffer.alloc(0),
  commits: Buffer.alloc(0),
});

function partOf({ folders, ids, reading }: LooseRequest): LoosePart | undefined {
  const module = loadWalkerModule();
  if (module === undefined) return undefined;
  const threads = 1 + (ids.length < MIN_SHARED ? 0 : reading.helpers.count);
  const index = indexOf(ids);
  const plan = planMemory({ packBytes: 0, index, count: ids.length, filter: reading.filter, threads });
  return plan && { module, plan, thread: 0, folders, ids };
}

const HEADER_BYTES = 8;
const FANOUT = 256;

/** The ids as a pack's index has them: how many begin with a byte that is at most so large, and all of them in order. */
function indexOf(ids: readonly string[]): Buffer {
  const fanout = Buffer.alloc(HEADER_BYTES + FANOUT * 4);
  let at = 0;
  for (let first = 0; first < FANOUT; first += 1) {
    const next = (first + 1).toString(16).padStart(2, '0');
    while (at < ids.length && (first === FANOUT - 1 || (ids[at] ?? '') < next)) at += 1;
    fanout.writeUInt32BE(at, HEADER_BYTES + first * 4);
  }
  return Buffer.concat([fanout, Buffer.from(ids.join(''), 'hex')]);
}

const COMMIT = 1;

function asRead(part: LoosePart, { ids, reading }: LooseRequest): WalkedLoose {
  const isTooMuch = unpackedBytes(part.plan) >= (reading.judge.archives?.maxUnpacked ?? 0);
  const telling = isTooMuch ? FLAGGED | OPENED : FLAGGED;
  const [flagged, unread, commits]: [string[], string[], string[]] = [[], [], []];
  for (const [i, type] of typesOf(part).entries()) {
    const id = ids[i] ?? '';
    if (type === 0) unread.push(id);
    else if ((type & telling) !== 0) flagged.push(id);
    else if (type === COMMIT) commits.push(`${id}\n`);
  }
  return { flagged, unread, absent: absentIds(part.plan), commits: Buffer.from(commits.join('')) };
}
