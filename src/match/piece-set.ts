import { hashGram, hashWords, rehash } from './gram-hash.js';

/** A text of which pieces are looked for. */
export interface Piecewise {
  readonly bytes: Uint8Array;
  /** Of the pieces that count; at least 8. */
  readonly shortestPiece: number;
}

const GRAM = { length: 8, ignored: 0 } as const;
const NONE = -1;

/**
 * Finds every stretch that also stands in one of the texts and is long enough there. Of each text, grams are filed at
 * such a distance that every piece holds one; from a gram that is met, the stretch is followed to both sides.
 */
export class PieceSet {
  readonly #texts: readonly Piecewise[];
  /** 1 for bytes that stand in a text: most of what is searched has others in between. */
  readonly #alphabet = new Uint8Array(256);
  /** Sixteen bits or more an entry: most positions end here. */
  readonly #filter: Uint32Array;
  readonly #filterShift: number;
  readonly #bucketShift: number;
  /** The first entry of each bucket, and behind each entry the next one of its bucket. */
  readonly #first: Int32Array;
  readonly #next: Int32Array;
  readonly #hashOf: Uint32Array;
  readonly #textOf: Uint32Array;
  readonly #offsetOf: Uint16Array;

  /** @param texts none longer than 64 KiB. */
  constructor(texts: readonly Piecewise[]) {
    this.#texts = texts;
    const count = texts.reduce((sum, text) => sum + gramCount(text), 0);
    const bits = Math.min(29, Math.max(14, Math.ceil(Math.log2(count + 1)) + 4));
    this.#filterShift = 32 - bits;
    this.#filter = new Uint32Array(2 ** (bits - 5));
    this.#bucketShift = 36 - bits;
    this.#first = new Int32Array(2 ** (32 - this.#bucketShift)).fill(NONE);
    this.#next = new Int32Array(count);
    this.#hashOf = new Uint32Array(count);
    this.#textOf = new Uint32Array(count);
    this.#offsetOf = new Uint16Array(count);
    this.#file();
  }

  /** Reports stretches from left to right; those of different texts may overlap. */
  findAll(bytes: Uint8Array, report: (from: number, to: number) => void): void {
    const [filter, shift, alphabet] = [this.#filter, this.#filterShift, this.#alphabet];
    /** How many bytes up to here are such as the texts consist of. */
    let run = 0;
    // The last eight bytes, moved on rather than read again: this runs for every byte of every report.
    let [low, high] = [0, 0];
    for (let end = 0; end < bytes.length; end += 1) {
      const byte = bytes[end] ?? 0;
      low = (low >>> 8) | (high << 24);
      high = (high >>> 8) | (byte << 24);
      run = alphabet[byte] === 1 ? run + 1 : 0;
      if (run < GRAM.length) continue;
      const hash = hashWords(low, high);
      const bit = hash >>> shift;
      if (((filter[bit >>> 5] ?? 0) & (1 << (bit & 31))) !== 0)
        this.#follow(bytes, { at: end - GRAM.length + 1, hash }, report);
    }
  }

  #file(): void {
    let entry = 0;
    for (const [index, { bytes, shortestPiece }] of this.#texts.entries()) {
      const step = shortestPiece - GRAM.length + 1;
      for (const byte of bytes) this.#alphabet[byte] = 1;
      for (let offset = 0; offset + GRAM.length <= bytes.length; offset += step) {
        this.#fileOne(hashGram(bytes, offset, GRAM), entry);
        this.#textOf[entry] = index;
        this.#offsetOf[entry] = offset;
        entry += 1;
      }
    }
  }

  #fileOne(hash: number, entry: number): void {
    const bit = hash >>> this.#filterShift;
    this.#filter[bit >>> 5] = (this.#filter[bit >>> 5] ?? 0) | (1 << (bit & 31));
    const bucket = rehash(hash) >>> this.#bucketShift;
    this.#hashOf[entry] = hash;
    this.#next[entry] = this.#first[bucket] ?? NONE;
    this.#first[bucket] = entry;
  }

  #follow(
    bytes: Uint8Array,
    { at, hash }: { readonly at: number; readonly hash: number },
    report: (from: number, to: number) => void,
  ): void {
    let entry = this.#first[rehash(hash) >>> this.#bucketShift] ?? NONE;
    for (; entry !== NONE; entry = this.#next[entry] ?? NONE) {
      if (this.#hashOf[entry] !== hash) continue;
      const text = this.#texts[this.#textOf[entry] ?? 0];
      if (text === undefined) continue;
      const offset = this.#offsetOf[entry] ?? 0;
      const before = equalBefore(bytes, at, { of: text.bytes, offset });
      const behind = equalFrom(bytes, at, { of: text.bytes, offset });
      if (behind >= GRAM.length && before + behind >= text.shortestPiece) report(at - before, at + behind);
    }
  }
}

/** At every step one gram, as long as it fits. */
function gramCount({ bytes, shortestPiece }: Piecewise): number {
  const step = shortestPiece - GRAM.length + 1;
  return bytes.length < GRAM.length ? 0 : Math.floor((bytes.length - GRAM.length) / step) + 1;
}

interface Spot {
  readonly of: Uint8Array;
  readonly offset: number;
}

function equalFrom(bytes: Uint8Array, at: number, { of, offset }: Spot): number {
  let count = 0;
  while (offset + count < of.length && at + count < bytes.length && bytes[at + count] === of[offset + count])
    count += 1;
  return count;
}

function equalBefore(bytes: Uint8Array, at: number, { of, offset }: Spot): number {
  let count = 0;
  while (count < offset && count < at && bytes[at - count - 1] === of[offset - count - 1]) count += 1;
  return count;
}
