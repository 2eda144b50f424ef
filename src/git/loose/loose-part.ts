import { closeSync, constants, openSync, readSync } from 'node:fs';
import type { MemoryPlan } from '../pack/memory-plan.js';
import type { Judge, Look } from '../pack/walker-module.js';
import { createLooseWalker, LOOKED, type LooseWalker } from './loose-walker.js';

/** Everything that one of several threads needs to read its share of loose objects; can be sent to it. */
export interface LoosePart {
  readonly module: WebAssembly.Module;
  readonly plan: MemoryPlan;
  readonly thread: number;
  /** Where objects lie: a store's own folder, and those that it borrows from. */
  readonly folders: readonly string[];
  /** 40 hex digits each. */
  readonly ids: readonly string[];
}

/** Larger files, and larger contents, are git's to read: it hands them out in pieces. */
export const MAX_BYTES = 16 * 1024 * 1024;
/** Objects between two looks at whether somebody wants to stop: some milliseconds. */
const BATCH = 64;

/** Beside an object's type: git must be asked for it. */
export const FLAGGED = 8;
/** Beside it: an archive in which nothing was found. */
export const OPENED = 16;

/** The words that threads share. */
const NEXT = 0;
const HAS_FAILED = 1;
/** Of words of eight bytes: how many bytes were unpacked from archives. */
const UNPACKED = 1;

/**
 * Reads this thread's share of loose objects, in short turns: after each one the caller may see to other things. What it tells
 * of each object is its type with marks, in `typesOf`.
 * @throws WebAssembly's error where an object made the reader leave its memory.
 */
export function* readLoosePart(part: LoosePart, judge: Judge): Generator<void, void> {
  const { plan, ids } = part;
  const control = new Int32Array(plan.memory.buffer, plan.controlAt, 4);
  const types = typesOf(part);
  judge.archives?.takeUnpacked();
  try {
    const reader = new LooseReader(part, judge);
    for (let at = take(control); at < ids.length; at = take(control)) {
      const end = Math.min(ids.length, at + BATCH);
      for (let i = at; i < end; i += 1) types[i] = reader.read(ids[i] ?? '');
      if (Atomics.load(control, HAS_FAILED) !== 0)
        throw new WebAssembly.RuntimeError('another thread gave up');
      yield;
    }
    Atomics.add(unpackedIn(plan), UNPACKED, BigInt(judge.archives?.takeUnpacked() ?? 0));
  } catch (error) {
    Atomics.store(control, HAS_FAILED, 1);
    throw error;
  }
}

const take = (control: Int32Array): number => Atomics.add(control, NEXT, BATCH);

/** For each of the ids: 0 where it was not read, else its type with marks. */
export const typesOf = ({ plan, ids }: LoosePart): Uint8Array =>
  new Uint8Array(plan.memory.buffer, plan.typesAt, ids.length);

const unpackedIn = ({ memory, controlAt }: MemoryPlan): BigInt64Array =>
  new BigInt64Array(memory.buffer, controlAt, UNPACKED + 1);

/** How many bytes all threads unpacked from archives. */
export const unpackedBytes = (plan: MemoryPlan): number => Number(Atomics.load(unpackedIn(plan), UNPACKED));

/** What `mayHold` answers. */
const HELD = [undefined, 'value', 'keyword'] as const;

class LooseReader {
  readonly #part: LoosePart;
  readonly #judge: Judge;
  readonly #walker: LooseWalker;
  /** Where files are read to; longer ones do not show that they are. */
  readonly #file: Uint8Array;

  constructor(part: LoosePart, judge: Judge) {
    this.#part = part;
    this.#judge = judge;
    this.#walker = createLooseWalker(part);
    const { plan, thread } = part;
    this.#file = new Uint8Array(plan.memory.buffer, plan.deltasAt[thread] ?? 0, MAX_BYTES + 1);
  }

  /** An object's type with marks; 0: git must read it. */
  read(id: string): number {
    const length = this.#load(`/${id.slice(0, 2)}/${id.slice(2)}`);
    const type = length > MAX_BYTES ? 0 : this.#walker.openLoose(length, MAX_BYTES);
    return type === 0 ? 0 : type | this.#mark(this.#walker.lookLoose(type));
  }

  #mark(looked: number): number {
    if ((looked & LOOKED.surely) !== 0) return FLAGGED;
    const at = this.#walker.looseAt();
    const bytes = new Uint8Array(this.#part.plan.memory.buffer, at, this.#walker.looseLength());
    if ((looked & LOOKED.perhaps) !== 0 && this.#judge(bytes, true)) return FLAGGED;
    if ((looked & LOOKED.archive) === 0) return 0;
    return this.#judge.archives?.(bytes, this.#look) === false ? OPENED : FLAGGED;
  }

  readonly #look: Look = (bytes) => {
    if (bytes.length > this.#file.length) return 'value';
    // The file was unpacked, and is not needed any more.
    this.#file.set(bytes);
    return HELD[this.#walker.mayHold(this.#file.byteOffset, bytes.length)];
  };

  /** How many bytes the object's file has; 0 where there is none that can be read. */
  #load(path: string): number {
    for (const folder of this.#part.folders) {
      const file = openFile(folder + path);
      if (file === undefined) continue;
      try {
        // One that is not read to its end is cut off, which is noticed when it is unpacked.
        return readSync(file, this.#file);
      } catch {
        return 0;
      } finally {
        closeSync(file);
      }
    }
    return 0;
  }
}

/** NONBLOCK: it may be a pipe. */
const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

function openFile(path: string): number | undefined {
  try {
    return openSync(path, FLAGS);
  } catch {
    return undefined;
  }
}
