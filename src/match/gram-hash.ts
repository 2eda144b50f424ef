/** ASCII letters in lower case by value; other bytes are themselves. */
const LOWER = Uint8Array.from({ length: 256 }, (_, byte) => (byte >= 65 && byte <= 90 ? byte | 0x20 : byte));
const SAME = Uint8Array.from({ length: 256 }, (_, byte) => byte);

/** What each byte counts as: itself, or its lower-case letter. */
export const byteFolding = (foldCase: boolean): Uint8Array => (foldCase ? LOWER : SAME);

/** A 32-bit hash of `length` bytes from `at`; upper and lower bits are both well mixed. */
export function hashGram(
  bytes: Uint8Array,
  at: number,
  { length, folding }: { readonly length: number; readonly folding: Uint8Array },
): number {
  let hash = 0x811c9dc5;
  for (let i = at; i < at + length; i += 1) {
    hash = Math.imul(hash ^ (folding[bytes[i] ?? 0] ?? 0), 0x01000193);
  }
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}
