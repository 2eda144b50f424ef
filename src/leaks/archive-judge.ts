import type { JudgeArchives, Look } from '../git/pack/walker-module.js';
import { unpackerOf } from './archives/archive-kind.js';
import { LIMITS } from './archives/entry.js';
import { PackedReader } from './archives/packed-reader.js';
import type { Needles, ValueSearch } from './needles.js';

/** Larger ones are opened by one thread alone, in steps: each takes several times its size of memory. */
const MAX_OPENED = 4 * 1024 * 1024;
/** What unpacks to more takes long, and here nothing can stop it. */
const MAX_UNPACKED = 64 * 1024 * 1024;
/** In contents with keywords: where they stand side by side, a megabyte takes a tenth of a second. */
const MAX_SLOW = 8 * 1024 * 1024;

/** @param needles without values @param longest as in `KnownValues` */
export function judgeArchivesBy(needles: Needles, longest: number): JudgeArchives {
  const judge = new ArchiveJudge(needles, longest);
  return Object.assign((bytes: Uint8Array, look: Look) => judge.needsMore(bytes, look), {
    takeUnpacked: () => judge.takeUnpacked(),
    maxUnpacked: LIMITS.runBytes,
  });
}

class ArchiveJudge {
  readonly #needles: Needles;
  #reader: PackedReader;
  #look: Look = () => 'value';
  #mayHoldValue = false;
  #slow = 0;
  #unpacked = 0;

  constructor(needles: Needles, longest: number) {
    const values: ValueSearch = {
      longest,
      literals: needles.values.literals,
      tables: () => [],
      // Who has no values can still tell where one may be.
      findAll: (bytes) => {
        this.#mayHoldValue ||= this.#look(bytes) === 'value';
      },
    };
    this.#needles = { ...needles, values, mayHold: (bytes) => this.#mayHold(bytes) };
    this.#reader = new PackedReader(this.#needles);
  }

  takeUnpacked(): number {
    const unpacked = this.#unpacked;
    this.#unpacked = 0;
    return unpacked;
  }

  needsMore(bytes: Uint8Array, look: Look): boolean {
    if (bytes.length > MAX_OPENED) return true;
    if (unpackerOf(bytes) === undefined) return false;
    if (this.#unpacked >= LIMITS.runBytes) return true;
    [this.#look, this.#mayHoldValue, this.#slow] = [look, false, 0];
    // A copy: what other threads can see is nothing for every function to work on.
    const needsMore = this.#holds(Buffer.from(bytes));
    const unpacked = this.#reader.takeUnpacked();
    // Where it broke off depends on what was opened before; how much it counts for must not.
    this.#unpacked += this.#isSlow() ? MAX_UNPACKED : unpacked;
    // It would take for clean what may hold a value, for it told of none.
    if (this.#mayHoldValue || this.#isSlow()) this.#reader = new PackedReader(this.#needles);
    return needsMore;
  }

  /** Whether something is packed in it, or not everything was looked at. */
  #holds(archive: Buffer): boolean {
    const before = this.#reader.gaps.since([]);
    const steps = this.#reader.scan(archive, () => '', MAX_UNPACKED);
    for (let step = steps.next(); !this.#isSlow(); step = steps.next()) {
      if (step.done !== true) continue;
      const hasGaps = this.#reader.gaps.since(before).length > 0;
      return this.#mayHoldValue || step.value.length > 0 || hasGaps;
    }
    steps.return([]);
    return true;
  }

  #isSlow(): boolean {
    return this.#slow > MAX_SLOW;
  }

  #mayHold(bytes: Uint8Array): boolean {
    if (this.#look(bytes) === undefined) return false;
    this.#slow += bytes.length;
    return true;
  }
}
