import { type GramKind, type GramLength, hashGram, rehash } from './gram-hash.js';

/** More would not fit the processor's caches and cost more than a shorter stride does. */
const MAX_GRAMS = 3_000_000;

export interface PatternStore {
  /** All patterns, one after another, folded. */
  readonly bytes: Uint8Array;
  /** Where each pattern begins in `bytes`; one entry more than patterns. */
  readonly starts: Uint32Array;
  readonly foldCase: boolean;
  readonly folding: Uint8Array;
}

export interface GramTables {
  readonly gramLength: number;
  readonly stride: number;
  readonly filter: Uint32Array;
  readonly filterShift: number;
  readonly buckets: Uint32Array;
  readonly bucketShift: number;
  readonly entries: Uint32Array;
  readonly members: Uint32Array;
  readonly starts: Uint32Array;
  readonly bytes: Uint8Array;
}

export type ReportMatch = (pattern: number, offset: number) => void;

/**
 * Finds patterns of at least `minLength` bytes by looking at every `stride`-th position only. Each pattern's first
 * `stride` grams are filed, so that every occurrence has exactly one such position over a filed gram.
 */
export class GramIndex {
  readonly #store: PatternStore;
  readonly #members: readonly number[];
  readonly #gram: GramKind;
  readonly #stride: number;
  /** One bit per hash: most positions end here. */
  readonly #filter: Uint32Array;
  readonly #filterShift: number;
  /** `#entries` from `#buckets[b]` to `#buckets[b + 1]` are the grams of bucket b, as member * stride + offset. */
  readonly #buckets: Uint32Array;
  readonly #entries: Uint32Array;
  readonly #bucketShift: number;

  /** @param members indexes into `store`; `minLength` is the shortest of them. */
  constructor(store: PatternStore, members: readonly number[], minLength: number) {
    this.#store = store;
    this.#members = members;
    this.#gram = { length: gramLength(minLength), ignored: store.foldCase ? 0x20202020 : 0 };
    const longestStride = minLength - this.#gram.length + 1;
    this.#stride = Math.max(1, Math.min(longestStride, Math.floor(MAX_GRAMS / members.length)));
    const grams = members.length * this.#stride;
    const bits = Math.min(27, Math.max(16, Math.ceil(Math.log2(grams)) + 4));
    this.#filter = new Uint32Array(2 ** (bits - 5));
    this.#filterShift = 32 - bits;
    const bucketBits = Math.min(22, Math.max(4, Math.ceil(Math.log2(grams))));
    const bucketCount = 2 ** bucketBits;
    this.#bucketShift = 32 - bucketBits;
    this.#buckets = new Uint32Array(bucketCount + 1);
    this.#entries = new Uint32Array(grams);
    this.#file();
  }

  #file(): void {
    const buckets = this.#buckets;
    const filter = this.#filter;
    this.#eachGram((hash) => {
      const bit = hash >>> this.#filterShift;
      filter[bit >>> 5] = (filter[bit >>> 5] ?? 0) | (1 << (bit & 31));
      const bucket = rehash(hash) >>> this.#bucketShift;
      buckets[bucket] = (buckets[bucket] ?? 0) + 1;
    });
    let total = 0;
    for (let i = 0; i < buckets.length; i += 1) {
      total += buckets[i] ?? 0;
      buckets[i] = total;
    }
    this.#eachGram((hash, entry) => {
      const bucket = rehash(hash) >>> this.#bucketShift;
      const slot = (buckets[bucket] ?? 0) - 1;
      buckets[bucket] = slot;
      this.#entries[slot] = entry;
    });
  }

  #eachGram(visit: (hash: number, entry: number) => void): void {
    for (const [member, pattern] of this.#members.entries()) {
      const start = this.#store.starts[pattern] ?? 0;
      for (let offset = 0; offset < this.#stride; offset += 1) {
        visit(hashGram(this.#store.bytes, start + offset, this.#gram), member * this.#stride + offset);
      }
    }
  }

  /** All of it as plain tables, for a reader that finds where a look may pay; case counts there. */
  tables(): GramTables {
    return {
      gramLength: this.#gram.length,
      stride: this.#stride,
      filter: this.#filter,
      filterShift: this.#filterShift,
      buckets: this.#buckets,
      bucketShift: this.#bucketShift,
      entries: this.#entries,
      members: Uint32Array.from(this.#members),
      starts: this.#store.starts,
      bytes: this.#store.bytes,
    };
  }

  findAll(bytes: Uint8Array, report: ReportMatch): void {
    const last = bytes.length - this.#gram.length;
    const stride = this.#stride;
    const gram = this.#gram;
    const filter = this.#filter;
    const shift = this.#filterShift;
    for (let at = stride - 1; at <= last; at += stride) {
      const hash = hashGram(bytes, at, gram);
      const bit = hash >>> shift;
      if (((filter[bit >>> 5] ?? 0) & (1 << (bit & 31))) !== 0) this.#verify({ bytes, at, hash }, report);
    }
  }

  #verify(
    { bytes, at, hash }: { readonly bytes: Uint8Array; readonly at: number; readonly hash: number },
    report: ReportMatch,
  ): void {
    const bucket = rehash(hash) >>> this.#bucketShift;
    const end = this.#buckets[bucket + 1] ?? 0;
    for (let i = this.#buckets[bucket] ?? 0; i < end; i += 1) {
      const entry = this.#entries[i] ?? 0;
      const pattern = this.#members[Math.floor(entry / this.#stride)] ?? 0;
      const start = at - (entry % this.#stride);
      if (start >= 0 && this.#equals(pattern, bytes, start)) report(pattern, start);
    }
  }

  #equals(pattern: number, bytes: Uint8Array, start: number): boolean {
    const { starts, folding, bytes: wanted } = this.#store;
    const from = starts[pattern] ?? 0;
    const length = (starts[pattern + 1] ?? 0) - from;
    if (start + length > bytes.length) return false;
    for (let i = 0; i < length; i += 1) {
      if (folding[bytes[start + i] ?? 0] !== wanted[from + i]) return false;
    }
    return true;
  }
}

/** Longer grams are rarer by chance; shorter ones leave a longer stride. */
function gramLength(minLength: number): GramLength {
  if (minLength >= 16) return 8;
  if (minLength >= 8) return 4;
  if (minLength >= 6) return 3;
  return minLength >= 3 ? 2 : 1;
}
