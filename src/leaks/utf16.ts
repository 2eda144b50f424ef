/** Bytes that are looked at to tell whether a content is UTF-16. */
const SAMPLE = 4096;

/** Every second byte of UTF-16 text, which is all that matters to keys; `parity` is where the kept bytes stood. */
export interface NarrowText {
  readonly bytes: Uint8Array;
  readonly parity: 0 | 1;
}

/** Nearly all zeros on one side and nearly none on the other: text of Western letters in UTF-16, with or without a mark. */
export function narrowUtf16(bytes: Uint8Array): NarrowText | undefined {
  const zeros: [number, number] = [0, 0];
  const end = Math.min(bytes.length, SAMPLE) & ~1;
  // Western letters show it at once; nearly all other contents are done with here.
  if (end < 16 || !hasEarlyZero(bytes)) return undefined;
  for (let i = 0; i < end; i += 2) {
    if (bytes[i] === 0) zeros[0] += 1;
    if (bytes[i + 1] === 0) zeros[1] += 1;
  }
  const half = end / 2;
  if (zeros[1] > half * 0.5 && zeros[0] < half * 0.1) return { bytes: everySecond(bytes, 0), parity: 0 };
  if (zeros[0] > half * 0.5 && zeros[1] < half * 0.1) return { bytes: everySecond(bytes, 1), parity: 1 };
  return undefined;
}

/** By hand: of so few bytes it is faster than a view of them that is asked. */
function hasEarlyZero(bytes: Uint8Array): boolean {
  const end = Math.min(bytes.length, 64);
  for (let i = 0; i < end; i += 1) if (bytes[i] === 0) return true;
  return false;
}

function everySecond(bytes: Uint8Array, parity: 0 | 1): Uint8Array {
  const narrow = new Uint8Array((bytes.length + 1 - parity) >>> 1);
  for (let i = 0; i < narrow.length; i += 1) narrow[i] = bytes[2 * i + parity] ?? 0;
  return narrow;
}
