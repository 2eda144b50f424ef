import { readFileSync, statSync } from 'node:fs';
import type { RunContext } from '../../core/run-context.js';
import { absentIds, type MemoryPlan, planMemory } from './memory-plan.js';
import type { PackFilter } from './pack-filter.js';
import { PackIndex } from './pack-index.js';
import { type PackPart, readPart, unpackedBytes } from './pack-part.js';
import { type PackHelpers, readTogether } from './pack-threads.js';
import { type Judge, loadWalkerModule } from './walker-module.js';

export interface WalkedPack {
  readonly index: PackIndex;
  /** Ids of objects that may hold something, in the order of the pack. */
  readonly flagged: readonly string[];
  /** Ids of objects that the reader did not understand, or that are made from such. */
  readonly unread: readonly string[];
  /** It was not even tried: the pack is larger than it may be. */
  readonly isTooLarge: boolean;
  /** Ids that its objects name and it does not hold, 20 bytes each; undefined when nobody can tell. */
  readonly absent: Buffer | undefined;
  /** The ids of all other commits, one a line. */
  commitIds(): Buffer;
}

/** By what packs are read. */
export interface PackReading {
  readonly filter: PackFilter;
  /** Decides where the filter cannot. */
  readonly judge: Judge;
  /** Others that help to read large packs. */
  readonly helpers: PackHelpers;
  /** A pack is held in memory as a whole: larger ones are left to git. */
  readonly maxPackBytes: number;
}

export interface WalkRequest extends PackReading {
  /** Path without its ending. */
  readonly pack: string;
}

/** Larger packs would not leave the address space enough room. */
const MAX_PACK_BYTES = 2 ** 31;

/**
 * Reads every object of a pack and tells which ones may hold something.
 * @returns undefined when nothing can be said of any of them, not even their ids.
 * @throws the file system's error; `signal.reason` when that is aborted.
 */
export async function walkPack(
  request: WalkRequest,
  ctx: Pick<RunContext, 'signal'>,
): Promise<WalkedPack | undefined> {
  const index = PackIndex.parse(readFileSync(`${request.pack}.idx`));
  if (index === undefined) return undefined;
  const file = `${request.pack}.pack`;
  const packBytes = statSync(file).size;
  if (packBytes > Math.min(request.maxPackBytes, MAX_PACK_BYTES)) return unreadPack(index, true);
  const module = index.isSmall ? loadWalkerModule() : undefined;
  if (module === undefined) return unreadPack(index);
  const { count, bytes } = index;
  const helpers = packBytes < request.helpers.minPackBytes ? 0 : request.helpers.count;
  const plan = planMemory({ packBytes, index: bytes, count, filter: request.filter, threads: 1 + helpers });
  if (plan === undefined) return unreadPack(index);
  const part: PackPart = { module, plan, thread: 0, file, packBytes, count };
  const isRead = await readTogether(
    part,
    { turns: readPart(part, request.judge), helpers: request.helpers },
    ctx,
  );
  if (!isRead) return unreadPack(index);
  const isTooMuch = unpackedBytes(plan) >= (request.judge.archives?.maxUnpacked ?? 0);
  return packAsRead(plan, index, isTooMuch ? FLAGGED | OPENED : FLAGGED);
}

const FLAGGED = 8;
const OPENED = 16;
const COMMIT = 1;

/** @param telling any of these marks flags an object */
function packAsRead(plan: MemoryPlan, index: PackIndex, telling: number): WalkedPack {
  // Copies, so that the pack's memory is free for the next one.
  const types = new Uint8Array(plan.memory.buffer, plan.typesAt, index.count).slice();
  const order = new Uint32Array(plan.memory.buffer, plan.orderAt, index.count).slice();
  const flagged: string[] = [];
  const unread: string[] = [];
  for (const [entry, type] of types.entries()) {
    if (type === 0) unread.push(index.idAt(order[entry] ?? 0));
    else if ((type & telling) !== 0) flagged.push(index.idAt(order[entry] ?? 0));
  }
  const absent = unread.length === 0 ? absentIds(plan) : undefined;
  return {
    index,
    flagged,
    unread,
    isTooLarge: false,
    absent,
    commitIds: () => commitIds(types, order, index),
  };
}

function commitIds(types: Uint8Array, order: Uint32Array, index: PackIndex): Buffer {
  const lines: string[] = [];
  for (const [entry, type] of types.entries()) {
    if (type === COMMIT) lines.push(`${index.idAt(order[entry] ?? 0)}\n`);
  }
  return Buffer.from(lines.join(''));
}

function unreadPack(index: PackIndex, isTooLarge = false): WalkedPack {
  const unread = Array.from({ length: index.count }, (_, i) => index.idAt(i));
  return { index, flagged: [], unread, isTooLarge, absent: undefined, commitIds: () => Buffer.alloc(0) };
}
