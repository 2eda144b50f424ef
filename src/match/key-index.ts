import { decodedPieces } from './decoded-pieces.js';
import { hashGram, hashWords, rehash } from './gram-hash.js';
import type { KeyTexts } from './key-texts.js';

/** In runs alone, hardly anything is looked at: a small filter is made sooner, and fits the processor's nearer caches. */
const MAX_GRAMS_IN_RUNS = 1 << 19;
/** Elsewhere, fewer looks are worth a large one. */
const MAX_GRAMS = 1 << 22;
const GRAM = { length: 8, ignored: 0 } as const;
/** A key's first two bytes and its last one may be cut into by the edges of base64. */
const HEAD = 2;
const TAIL = 1;
const MIN_LENGTH = HEAD + GRAM.length + TAIL;

/** All of it as plain tables, for the pack reader. */
export interface KeyTables {
  readonly minLength: number;
  readonly stride: number;
  readonly filter: Uint32Array;
  readonly filterShift: number;
  readonly buckets: Uint32Array;
  readonly bucketShift: number;
  readonly entries: Uint32Array;
  readonly starts: Uint32Array;
  readonly bytes: Uint8Array;
  /** Whether all bytes are letters and digits, and the texts long: then they are looked for in runs of such only. */
  readonly isRun: boolean;
}

/**
 * Tells which of many keys may stand in a text: in clear, backwards, in base64, in hex or with two bytes a character.
 * Only grams of the clear and the reversed text are filed: the looked-at text is decoded where it may be worth it, rather
 * than every key encoded. All keys that are there are told, and hardly any others.
 */
export class KeyIndex {
  readonly tables: KeyTables;
  readonly #owners: Uint32Array;

  /**
   * @param texts at least one, each of 11 bytes or more.
   * @param isRun as in the tables
   */
  constructor({ owners, starts, bytes, minLength }: KeyTexts, isRun: boolean) {
    this.#owners = owners;
    const count = starts.length - 1;
    const stride = Math.max(
      1,
      Math.min(minLength - MIN_LENGTH + 1, Math.floor((isRun ? MAX_GRAMS_IN_RUNS : MAX_GRAMS) / count)),
    );
    const bits = Math.ceil(Math.log2(count * stride));
    // Sixteen bits of the filter a gram, in words of 32.
    const [wordBits, bucketBits] = [Math.max(8, bits - 1), Math.max(4, bits)];
    this.tables = {
      minLength,
      stride,
      filter: new Uint32Array(2 ** wordBits),
      filterShift: 32 - wordBits,
      buckets: new Uint32Array(2 ** bucketBits + 1),
      bucketShift: 32 - bucketBits,
      entries: new Uint32Array(count * stride),
      starts,
      bytes,
      isRun,
    };
    fileGrams(this.tables);
  }

  /** Reports a key's number once or more. */
  suspectsIn(bytes: Uint8Array, report: (owner: number) => void): void {
    this.#look(bytes, report);
    for (const piece of decodedPieces(bytes, this.tables.minLength)) this.#look(piece, report);
  }

  #look(bytes: Uint8Array, report: (owner: number) => void): void {
    const { stride, filter, filterShift } = this.tables;
    for (let at = stride - 1; at + GRAM.length <= bytes.length; at += stride) {
      const hash = hashGram(bytes, at, GRAM);
      const mask = bitsOf(rehash(hash));
      if (((filter[hash >>> filterShift] ?? 0) & mask) === mask) this.#verify({ bytes, at, hash }, report);
    }
  }

  #verify(
    { bytes, at, hash }: { readonly bytes: Uint8Array; readonly at: number; readonly hash: number },
    report: (owner: number) => void,
  ): void {
    const { buckets, bucketShift, entries, stride } = this.tables;
    const bucket = rehash(hash) >>> bucketShift;
    const end = buckets[bucket + 1] ?? 0;
    for (let i = buckets[bucket] ?? 0; i < end; i += 1) {
      const entry = entries[i] ?? 0;
      const text = Math.floor(entry / stride);
      const start = at - HEAD - (entry % stride);
      if (this.#equals(text, bytes, start)) report(this.#owners[text >>> 1] ?? 0);
    }
  }

  #equals(text: number, bytes: Uint8Array, start: number): boolean {
    const { starts, bytes: wanted } = this.tables;
    const from = starts[text] ?? 0;
    const length = (starts[text + 1] ?? 0) - from;
    if (start + HEAD < 0 || start + length - TAIL > bytes.length) return false;
    for (let i = HEAD; i < length - TAIL; i += 1) {
      if (bytes[start + i] !== wanted[from + i]) return false;
    }
    return true;
  }
}

/** Two bits of a filter's word. */
const bitsOf = (rehashed: number): number => (1 << (rehashed & 31)) | (1 << ((rehashed >>> 5) & 31));

/** Each bucket of grams gets its place among the entries, and the filter its bits. */
function fileGrams({ starts, bytes, stride, ...tables }: KeyTables): void {
  const { filter, filterShift, buckets, bucketShift, entries } = tables;
  const bucketOf = new Uint32Array(entries.length);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let entry = 0, text = 0; text + 1 < starts.length; text += 1) {
    const first = (starts[text] ?? 0) + HEAD;
    for (let at = first; at < first + stride; at += 1, entry += 1) {
      const hash = hashWords(view.getInt32(at, true), view.getInt32(at + 4, true));
      const rehashed = rehash(hash);
      const word = hash >>> filterShift;
      filter[word] = (filter[word] ?? 0) | bitsOf(rehashed);
      const bucket = rehashed >>> bucketShift;
      bucketOf[entry] = bucket;
      buckets[bucket] = (buckets[bucket] ?? 0) + 1;
    }
  }
  let total = 0;
  for (let i = 0; i < buckets.length; i += 1) {
    total += buckets[i] ?? 0;
    buckets[i] = total;
  }
  for (let entry = 0; entry < bucketOf.length; entry += 1) {
    const bucket = bucketOf[entry] ?? 0;
    const slot = (buckets[bucket] ?? 0) - 1;
    buckets[bucket] = slot;
    entries[slot] = entry;
  }
}
