import { type FilterFields, filterFields } from './filter-fields.js';
import type { PackFilter } from './pack-filter.js';
import { placeRecords } from './placed-records.js';

const PAGE_BYTES = 65_536;
const MAX_PAGES = 65_536;
/** Behind the pack: the decoder reads a block's header before it looks whether it is all there. */
const PACK_SLACK = 4096;
const WORKSPACE_BYTES = 128 * 1024;
/** 4,200 frames of 28 bytes: git allows chains of 4,095 deltas. */
const STACK_BYTES = 4200 * 28;
/** All versions on the path from a root to a leaf. Untouched pages cost nothing. */
const ARENA_BYTES = 256 * 1024 * 1024;
const DELTA_BYTES = 64 * 1024 * 1024;
/** What changes in place overwrote: where there is no more room, versions are copied. */
const UNDO_BYTES = 1024 * 1024;
/** `CELLS` of 64 bytes in walker/trees.ts. */
const NAMES_BYTES = 4096 * 64;
/** `CELLS` of 32 bytes in walker/references.ts, one more, and as many as wait there. */
const SEEN_BYTES = (16 * 1024 + 1 + 128) * 32;
/** More are not noted: then git finds out what is missing. */
const MAX_ABSENT = 1024 * 1024;
const ID_BYTES = 20;
/** Where the last one is among a thread's words in walker/plan.ts. */
const ABSENT_COUNT_AT = 12 * 4;
const UNCERTAIN = 0xffffffff;
const CONTROL_WORDS = 8;

/** Where everything lies in the pack reader's memory; can be sent to another thread. */
export interface MemoryPlan {
  readonly memory: WebAssembly.Memory;
  readonly planAt: number;
  readonly packAt: number;
  readonly orderAt: number;
  readonly typesAt: number;
  /** Words by which threads tell each other how far they are. */
  readonly controlAt: number;
  /** For each thread a place of its own. */
  readonly threadsAt: readonly number[];
  /** And its room for a delta. */
  readonly deltasAt: readonly number[];
  /** And where it notes the ids that are named and not in the pack. */
  readonly absentAt: readonly number[];
}

interface PlacedThread {
  readonly at: number;
  readonly absentAt: number;
  readonly deltaAt: number;
  readonly fields: readonly number[];
}

/** A copy of the ids that the pack's objects name and it does not hold, 20 bytes each and some more than once; undefined when nobody can tell. */
export function absentIds({ memory, threadsAt, absentAt }: MemoryPlan): Buffer | undefined {
  const counts = threadsAt.map((at) => new Uint32Array(memory.buffer, at + ABSENT_COUNT_AT, 1)[0] ?? 0);
  if (counts.includes(UNCERTAIN)) return undefined;
  return Buffer.concat(
    counts.map((count, i) => new Uint8Array(memory.buffer, absentAt[i] ?? 0, count * ID_BYTES)),
  );
}

export interface PlanRequest {
  readonly packBytes: number;
  readonly index: Uint8Array;
  readonly count: number;
  readonly filter: PackFilter;
  readonly threads: number;
}

/** Lays out memory for one pack and fills in what is known of it; undefined when there is not enough, or more than 4 GiB would be needed. */
export function planMemory(request: PlanRequest): MemoryPlan | undefined {
  const room = new Room();
  const { count, packBytes } = request;
  const planAt = room.take(43 * 4);
  const packAt = room.take(packBytes + PACK_SLACK);
  const indexAt = room.take(request.index.length);
  const objects = room.take(16 * count);
  const offsets = room.take(4 * count);
  const orderAt = room.take(4 * count);
  const inverse = room.take(4 * count);
  const pages = room.take(4 * ((packBytes >>> 12) + 2));
  const scratch = room.take(8 * count + 8192);
  const idBits = idBitsFor(count);
  const idPlaces = room.take(4 * (2 ** idBits + 1));
  const typesAt = room.take(count);
  const take = (bytes: number): number => room.take(bytes);
  const { numbers, arrays, records }: FilterFields = filterFields(request.filter);
  const placedArrays = placeRecords([arrays], take);
  const placedRecords = records.map((each) => placeRecords(each, take));
  const controlAt = room.take(CONTROL_WORDS * 4);
  const threads = Array.from({ length: request.threads }, () => placeThread(room));
  const initial = Math.ceil(room.end / PAGE_BYTES) + 1;
  if (initial > MAX_PAGES) return undefined;
  const memory = reserve(initial);
  if (memory === undefined) return undefined;
  // In the order of `Plan` in walker/plan.ts; the last one is the first entry to be claimed.
  const fields = [
    packAt,
    packBytes,
    indexAt,
    count,
    objects,
    offsets,
    orderAt,
    inverse,
    pages,
    scratch,
    idPlaces,
    32 - idBits,
    typesAt,
    ...reachesOf(request.filter),
    ...numbers,
    ...placedArrays.fields.flat(),
    ...placedRecords.flatMap(({ at, count }) => [at, count]),
    0,
  ];
  new Uint32Array(memory.buffer, planAt, fields.length).set(fields);
  new Uint8Array(memory.buffer).set(request.index, indexAt);
  for (const placed of [placedArrays, ...placedRecords]) placed.fill(memory);
  for (const { at, fields } of threads) new Uint32Array(memory.buffer, at, fields.length).set(fields);
  return {
    memory,
    planAt,
    packAt,
    orderAt,
    typesAt,
    controlAt,
    threadsAt: threads.map(({ at }) => at),
    deltasAt: threads.map(({ deltaAt }) => deltaAt),
    absentAt: threads.map(({ absentAt }) => absentAt),
  };
}

/** So many first bits of an id leave some four others that begin alike; no more than 31, which a shift can tell. */
const idBitsFor = (count: number): number => Math.max(8, Math.ceil(Math.log2((count + 1) / 4)));

/** Whether only what is new is looked at, and how far around it. */
function reachesOf({ reach }: PackFilter): readonly number[] {
  return reach === undefined ? [0, 0, 0, 0, 0] : [1, reach.pattern, reach.mark, reach.word, reach.context];
}

/** Undefined where the machine, or a limit of the process, does not have so much. */
function reserve(initial: number): WebAssembly.Memory | undefined {
  try {
    return new WebAssembly.Memory({ initial, maximum: MAX_PAGES, shared: true });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Hands out memory from the bottom up. */
class Room {
  /** The first page stays empty, so that no address is 0. */
  end = PAGE_BYTES;

  take(bytes: number): number {
    const at = this.end;
    this.end = at + Math.ceil((bytes + 64) / 64) * 64;
    return at;
  }
}

function placeThread(room: Room): PlacedThread {
  const at = room.take(13 * 4);
  const [workspace, stack] = [room.take(WORKSPACE_BYTES), room.take(STACK_BYTES)];
  const [arena, delta] = [room.take(ARENA_BYTES), room.take(DELTA_BYTES)];
  const [undo, names] = [room.take(UNDO_BYTES), room.take(NAMES_BYTES)];
  const [seen, absent] = [room.take(SEEN_BYTES), room.take(MAX_ABSENT * ID_BYTES)];
  // In the order of `Thread` in walker/plan.ts.
  const own = [workspace, stack, arena, ARENA_BYTES, delta, DELTA_BYTES];
  const fields = [...own, undo, UNDO_BYTES, names, seen, absent, MAX_ABSENT, 0];
  return { at, absentAt: absent, deltaAt: delta, fields };
}
