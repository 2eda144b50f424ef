/** ASCII letters in lower case by value; other bytes are themselves. */
const LOWER = Uint8Array.from({ length: 256 }, (_, byte) => (byte >= 65 && byte <= 90 ? byte | 0x20 : byte));
const SAME = Uint8Array.from({ length: 256 }, (_, byte) => byte);

/** What each byte counts as: itself, or its lower-case letter. */
export const byteFolding = (foldCase: boolean): Uint8Array => (foldCase ? LOWER : SAME);

/** Grams have one of these lengths, so that they are read without a loop: this runs for every few bytes of input. */
export type GramLength = 1 | 2 | 3 | 4 | 8;

export interface GramKind {
  readonly length: GramLength;
  /** Bits that do not count: 0x20 in every byte where letters match in either case. */
  readonly ignored: number;
}

/** A 32-bit hash of the gram at `at`, which must be whole; the upper bits are the well mixed ones. */
export function hashGram(bytes: Uint8Array, at: number, { length, ignored }: GramKind): number {
  if (length === 8) {
    return hashWords(wordAt(bytes, at) | ignored, wordAt(bytes, at + 4) | ignored);
  }
  return Math.imul(shortWordAt(bytes, at, length) | ignored, 0x9e3779b1) >>> 0;
}

/** Of a gram of eight bytes, as two words of which the earlier byte is the lower one. */
export const hashWords = (first: number, second: number): number =>
  (Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca77)) >>> 0;

function wordAt(bytes: Uint8Array, at: number): number {
  const low = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
  return low | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24);
}

function shortWordAt(bytes: Uint8Array, at: number, length: GramLength): number {
  const first = bytes[at] ?? 0;
  if (length === 1) return first;
  const two = first | ((bytes[at + 1] ?? 0) << 8);
  if (length === 2) return two;
  const three = two | ((bytes[at + 2] ?? 0) << 16);
  return length === 3 ? three : three | ((bytes[at + 3] ?? 0) << 24);
}

/** Spreads a hash anew, for a table that must not repeat the filter's choice. */
export const rehash = (hash: number): number => Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 0;
