import { closeSync, openSync, readSync } from 'node:fs';
import type { MemoryPlan } from './memory-plan.js';
import { createWalker, type Judge, type Walker } from './walker-module.js';

/** Everything that one of several threads needs to read its share of a pack; can be sent to it. */
export interface PackPart {
  readonly module: WebAssembly.Module;
  readonly plan: MemoryPlan;
  readonly thread: number;
  /** Path of the pack itself. */
  readonly file: string;
  readonly packBytes: number;
  readonly count: number;
}

const SLICE_BYTES = 8 * 1024 * 1024;
const LINK_ENTRIES = 16 * 1024;
/** Entries between two looks at whether somebody wants to stop: some milliseconds. */
const BATCH = 128;

/** The words that threads share: what the next one to come takes, and how much is done. */
const NEXT_SLICE = 0;
const SLICES_READ = 1;
const IS_SORTED = 2;
const NEXT_LINK = 3;
const LINKED = 4;
const HAS_FAILED = 5;
/** Of words of eight bytes: how many bytes were unpacked from archives. */
const UNPACKED = 3;

/**
 * Reads this thread's share of a pack, in short turns: after each one the caller may see to other things. `false` is
 * yielded where nothing can be done but to wait for the others.
 * @throws the file system's error, and WebAssembly's where the pack made the reader leave its memory.
 */
export function* readPart(part: PackPart, judge: Judge): Generator<boolean, void> {
  const { plan, count } = part;
  const control = new Int32Array(plan.memory.buffer, plan.controlAt, 8);
  judge.archives?.takeUnpacked();
  try {
    const walker = createWalker(part, judge);
    if (part.thread === 0) sort(walker, control);
    yield* readSlices(part, control);
    while (Atomics.load(control, IS_SORTED) === 0) yield waiting(control);
    const links = Math.ceil(count / LINK_ENTRIES);
    for (let at = Atomics.add(control, NEXT_LINK, 1); at < links; at = Atomics.add(control, NEXT_LINK, 1)) {
      walker.link(at * LINK_ENTRIES, Math.min(count, (at + 1) * LINK_ENTRIES));
      Atomics.add(control, LINKED, 1);
      yield true;
    }
    while (Atomics.load(control, LINKED) < links) yield waiting(control);
    while (walker.step(BATCH) !== 0) {
      stopIfFailed(control);
      yield true;
    }
    Atomics.add(unpackedIn(plan), UNPACKED, BigInt(judge.archives?.takeUnpacked() ?? 0));
  } catch (error) {
    Atomics.store(control, HAS_FAILED, 1);
    throw error;
  }
}

const unpackedIn = ({ memory, controlAt }: MemoryPlan): BigInt64Array =>
  new BigInt64Array(memory.buffer, controlAt, UNPACKED + 1);

/** How many bytes all threads unpacked from archives. */
export const unpackedBytes = (plan: MemoryPlan): number => Number(Atomics.load(unpackedIn(plan), UNPACKED));

function sort(walker: Walker, control: Int32Array): void {
  if (walker.sortIndex() < 0) throw new WebAssembly.RuntimeError('the index is of another kind');
  Atomics.store(control, IS_SORTED, 1);
}

function* readSlices({ plan, file, packBytes }: PackPart, control: Int32Array): Generator<boolean, void> {
  const slices = Math.ceil(packBytes / SLICE_BYTES);
  const pack = openSync(file, 'r');
  try {
    for (
      let at = Atomics.add(control, NEXT_SLICE, 1);
      at < slices;
      at = Atomics.add(control, NEXT_SLICE, 1)
    ) {
      const from = at * SLICE_BYTES;
      const view = new Uint8Array(
        plan.memory.buffer,
        plan.packAt + from,
        Math.min(SLICE_BYTES, packBytes - from),
      );
      fill(view, pack, from);
      Atomics.add(control, SLICES_READ, 1);
      yield true;
    }
  } finally {
    closeSync(pack);
  }
  while (Atomics.load(control, SLICES_READ) < slices) yield waiting(control);
}

function fill(view: Uint8Array, pack: number, from: number): void {
  for (let done = 0; done < view.length; ) {
    const count = readSync(pack, view, done, view.length - done, from + done);
    if (count === 0) throw new WebAssembly.RuntimeError('the pack became shorter');
    done += count;
  }
}

/** Nothing to do but wait. @throws as {@link stopIfFailed}. */
function waiting(control: Int32Array): false {
  stopIfFailed(control);
  return false;
}

/** @throws when another thread gave up: then nobody's work counts. */
function stopIfFailed(control: Int32Array): void {
  if (Atomics.load(control, HAS_FAILED) !== 0) throw new WebAssembly.RuntimeError('another thread gave up');
}
