import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import type { RunContext } from '../../core/run-context.js';
import type { ObjectHead, ObjectType } from '../objects.js';
import { type MemoryPlan, planMemory } from './memory-plan.js';
import type { PackFilter } from './pack-filter.js';
import { PackIndex } from './pack-index.js';
import { createWalker, type ShowVersion, type Walker } from './walker-module.js';

/** The part of a version that differs from what was shown of it, and may hold something. */
export interface HotPart {
  readonly from: number;
  readonly to: number;
}

export interface VersionSink {
  /**
   * Shows a version that may hold something. The bytes are only lent.
   * @returns how many hits the whole version has: with any, its successors are shown too.
   */
  show(head: ObjectHead, bytes: Uint8Array, hot: HotPart): number;
}

export interface WalkedPack {
  readonly index: PackIndex;
  /** The ids of all commits, one a line. */
  commitIds(): Buffer;
}

export interface WalkRequest {
  /** Path without its ending. */
  readonly pack: string;
  readonly filter: PackFilter;
  readonly sink: VersionSink;
}

/** Larger packs would not leave the address space enough room. */
const MAX_PACK_BYTES = 2 ** 31;
const READ_BYTES = 16 * 1024 * 1024;
/** Entries between two looks at whether somebody wants to stop: some milliseconds. */
const BATCH = 512;
const TYPES: Readonly<Record<number, ObjectType>> = { 1: 'commit', 2: 'tree', 3: 'blob', 4: 'tag' };

/**
 * Shows every commit, tag and blob of a pack that may hold something; directories are left out.
 * @returns undefined when the pack is not wholly understood: then git must read it.
 */
export async function walkPack(
  request: WalkRequest,
  ctx: Pick<RunContext, 'signal'>,
): Promise<WalkedPack | undefined> {
  const index = PackIndex.parse(readFileSync(`${request.pack}.idx`));
  if (index === undefined) return undefined;
  const file = openSync(`${request.pack}.pack`, 'r');
  try {
    const packBytes = fstatSync(file).size;
    if (packBytes > MAX_PACK_BYTES) return undefined;
    const { count, bytes } = index;
    const plan = planMemory({ packBytes, index: bytes, count, filter: request.filter });
    if (plan === undefined || !readPack(file, plan, packBytes)) return undefined;
    const isWalked = await walk({ plan, index, sink: request.sink }, ctx);
    return isWalked ? { index, commitIds: () => commitIds(plan, index) } : undefined;
  } finally {
    closeSync(file);
  }
}

function readPack(file: number, { memory, packAt }: MemoryPlan, packBytes: number): boolean {
  for (let at = 0; at < packBytes; ) {
    const view = new Uint8Array(memory.buffer, packAt + at, Math.min(READ_BYTES, packBytes - at));
    const count = readSync(file, view, 0, view.length, at);
    if (count === 0) return false;
    at += count;
  }
  return true;
}

interface Walk {
  readonly plan: MemoryPlan;
  readonly index: PackIndex;
  readonly sink: VersionSink;
}

async function walk(request: Walk, { signal }: Pick<RunContext, 'signal'>): Promise<boolean> {
  const walker = createWalker(request.plan, showTo(request));
  if (walker === undefined) return false;
  try {
    if (walker.sortIndex() < 0 || walker.link() < 0) return false;
    while (walker.step(BATCH) !== 0) {
      await new Promise((resolve) => setImmediate(resolve));
      signal.throwIfAborted();
    }
  } catch (error) {
    // A trap: the pack made the reader leave its memory.
    if (error instanceof WebAssembly.RuntimeError) return false;
    throw error;
  }
  return isComplete(walker, request.index);
}

function isComplete(walker: Walker, index: PackIndex): boolean {
  const [visited = 0, trees = 0, errors = 0, tooBig = 0] = [0, 1, 2, 3].map((which) => walker.stat(which));
  return errors === 0 && tooBig === 0 && visited + trees === index.count;
}

function showTo({ plan, index, sink }: Walk): ShowVersion {
  const order = orderOf(plan, index);
  return (object, typeCode, data, length, from, to) => {
    const type = TYPES[typeCode];
    if (type === undefined) return 0;
    const id = index.idAt(order[object] ?? 0);
    return sink.show({ id, type, size: length }, new Uint8Array(plan.memory.buffer, data, length), {
      from,
      to,
    });
  };
}

/** For each entry in the order of the pack its place in the order of ids. */
const orderOf = ({ memory, orderAt }: MemoryPlan, { count }: PackIndex): Uint32Array =>
  new Uint32Array(memory.buffer, orderAt, count);

function commitIds(plan: MemoryPlan, index: PackIndex): Buffer {
  const types = new Uint8Array(plan.memory.buffer, plan.typesAt, index.count);
  const order = orderOf(plan, index);
  const lines: string[] = [];
  for (const [entry, type] of types.entries()) {
    if (type === 1) lines.push(`${index.idAt(order[entry] ?? 0)}\n`);
  }
  return Buffer.from(lines.join(''));
}
