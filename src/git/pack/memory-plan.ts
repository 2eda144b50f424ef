import { type KeywordTables, keywordTables } from './keyword-tables.js';
import { type FilterTables, MAX_WORD_LENGTH, type PackFilter } from './pack-filter.js';

const PAGE_BYTES = 65_536;
const MAX_PAGES = 65_536;
/** Behind the pack: the decoder reads a block's header before it looks whether it is all there. */
const PACK_SLACK = 4096;
const WORKSPACE_BYTES = 128 * 1024;
/** 4,200 frames of 16 bytes: git allows chains of 4,095 deltas. */
const STACK_BYTES = 4200 * 16;
/** All versions on the path from a root to a leaf. Untouched pages cost nothing. */
const ARENA_BYTES = 256 * 1024 * 1024;
const DELTA_BYTES = 64 * 1024 * 1024;
/** `CELLS` of 32 bytes in walker/references.ts, and one more. */
const SEEN_BYTES = (16 * 1024 + 1) * 32;
/** More are not noted: then git finds out what is missing. */
const MAX_ABSENT = 1024 * 1024;
const ID_BYTES = 20;
/** Where the last one is among a thread's words in walker/plan.ts. */
const ABSENT_COUNT_AT = 9 * 4;
const UNCERTAIN = 0xffffffff;
const TABLE_WORDS = 10;
const KEYWORD_WORDS = 5;
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
  /** And where it notes the ids that are named and not in the pack. */
  readonly absentAt: readonly number[];
}

interface PlacedThread {
  readonly at: number;
  readonly absentAt: number;
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
  const planAt = room.take(32 * 4);
  const packAt = room.take(packBytes + PACK_SLACK);
  const indexAt = room.take(request.index.length);
  const objects = room.take(16 * count);
  const offsets = room.take(4 * count);
  const orderAt = room.take(4 * count);
  const inverse = room.take(4 * count);
  const pages = room.take(4 * ((packBytes >>> 12) + 2));
  const scratch = room.take(8 * count + 8192);
  const typesAt = room.take(count);
  const tables = placeTables(request.filter, room);
  const keywords = placeKeywords(request.filter, room);
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
    typesAt,
    ...reachesOf(request.filter),
    tables.at,
    request.filter.tables.length,
    tables.wordsAt,
    request.filter.wordLengths.length,
    keywords.tablesAt,
    keywords.at,
    request.filter.keywords.length,
    0,
  ];
  new Uint32Array(memory.buffer, planAt, fields.length).set(fields);
  new Uint8Array(memory.buffer).set(request.index, indexAt);
  fillTables(memory, request.filter, tables);
  fillKeywords(memory, keywords);
  for (const { at, fields } of threads) new Uint32Array(memory.buffer, at, fields.length).set(fields);
  return {
    memory,
    planAt,
    packAt,
    orderAt,
    typesAt,
    controlAt,
    threadsAt: threads.map(({ at }) => at),
    absentAt: threads.map(({ absentAt }) => absentAt),
  };
}

/** How far the surroundings of a change reach: with a keyword's own context behind it, the beginning that tells text of two bytes a character, and then of a pattern and of a keyword. */
function reachesOf({ reach }: PackFilter): readonly number[] {
  if (reach === undefined) return [0, 0, 0];
  const { pattern, context } = reach;
  return [Math.max(pattern + context, 2 * context, MIN_REACH), pattern, context];
}

/** `SAMPLE` in walker/filter.ts, and room for a wide copy. */
const MIN_REACH = 4096 + 64;

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
  const at = room.take(10 * 4);
  const [workspace, stack] = [room.take(WORKSPACE_BYTES), room.take(STACK_BYTES)];
  const [arena, delta] = [room.take(ARENA_BYTES), room.take(DELTA_BYTES)];
  const [seen, absent] = [room.take(SEEN_BYTES), room.take(MAX_ABSENT * ID_BYTES)];
  // In the order of `Thread` in walker/plan.ts.
  const fields = [workspace, stack, arena, ARENA_BYTES, delta, DELTA_BYTES, seen, absent, MAX_ABSENT, 0];
  return { at, absentAt: absent, fields };
}

interface PlacedTables {
  readonly at: number;
  readonly wordsAt: number;
  readonly parts: readonly TableParts[];
}

interface TableParts {
  readonly filter: number;
  readonly buckets: number;
  readonly entries: number;
  readonly members: number;
  readonly starts: number;
  readonly bytes: number;
}

function placeTables({ tables }: PackFilter, room: Room): PlacedTables {
  return {
    at: room.take(tables.length * TABLE_WORDS * 4),
    wordsAt: room.take(MAX_WORD_LENGTH + 1),
    parts: tables.map((table) => ({
      filter: room.take(table.filter.byteLength),
      buckets: room.take(table.buckets.byteLength),
      entries: room.take(table.entries.byteLength),
      members: room.take(table.members.byteLength),
      starts: room.take(table.starts.byteLength),
      bytes: room.take(table.bytes.byteLength),
    })),
  };
}

function fillTables(memory: WebAssembly.Memory, filter: PackFilter, placed: PlacedTables): void {
  for (const length of filter.wordLengths) new Uint8Array(memory.buffer)[placed.wordsAt + length] = 1;
  for (const [i, table] of filter.tables.entries()) {
    const parts = placed.parts[i];
    if (parts !== undefined) fillTable(memory, table, { parts, at: placed.at + i * TABLE_WORDS * 4 });
  }
}

function fillTable(
  memory: WebAssembly.Memory,
  table: FilterTables,
  { parts, at }: { readonly parts: TableParts; readonly at: number },
): void {
  const put = (words: Uint32Array, to: number) => new Uint32Array(memory.buffer, to, words.length).set(words);
  put(table.filter, parts.filter);
  put(table.buckets, parts.buckets);
  put(table.entries, parts.entries);
  put(table.members, parts.members);
  put(table.starts, parts.starts);
  new Uint8Array(memory.buffer).set(table.bytes, parts.bytes);
  // In the order of `GramTables` in walker/plan.ts.
  const fields = [
    table.gramLength,
    table.stride,
    parts.filter,
    table.filterShift,
    parts.buckets,
    table.bucketShift,
    parts.entries,
    parts.members,
    parts.starts,
    parts.bytes,
  ];
  new Uint32Array(memory.buffer, at, TABLE_WORDS).set(fields);
}

interface PlacedKeywords {
  readonly made: KeywordTables;
  readonly tablesAt: number;
  readonly at: number;
  readonly textsAt: readonly number[];
}

function placeKeywords({ keywords }: PackFilter, room: Room): PlacedKeywords {
  const made = keywordTables(keywords);
  const tablesAt = room.take(made.halves.length);
  const at = room.take(made.entries.length * KEYWORD_WORDS * 4);
  return { made, tablesAt, at, textsAt: made.entries.map(({ keyword }) => room.take(keyword.text.length)) };
}

function fillKeywords(memory: WebAssembly.Memory, { made, tablesAt, at, textsAt }: PlacedKeywords): void {
  const bytes = new Uint8Array(memory.buffer);
  bytes.set(made.halves, tablesAt);
  for (const [i, entry] of made.entries.entries()) {
    const textAt = textsAt[i] ?? 0;
    const { text, run } = entry.keyword;
    bytes.set(text, textAt);
    // In the order of `Keyword` in walker/keywords.ts.
    const fields = [entry.group, entry.at, textAt, text.length, run];
    new Uint32Array(memory.buffer, at + i * KEYWORD_WORDS * 4, KEYWORD_WORDS).set(fields);
  }
}
