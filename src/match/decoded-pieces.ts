/** What counts as a character of base64, in both alphabets. */
const BASE64 = members('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_');
const HEX = members('0123456789abcdefABCDEF');

function members(characters: string): Uint8Array {
  const table = new Uint8Array(256);
  for (const byte of Buffer.from(characters)) table[byte] = 1;
  return table;
}

/** Of so many bytes in base64, these many characters at the least depend on nothing else. */
export const leastBase64 = (bytes: number): number => Math.floor((bytes * 8) / 6) - 1;

/**
 * What stands in `bytes` in base64, hex or two bytes a character, and is at least `minLength` bytes long in clear. Each
 * alignment is shown, so that most of it is noise. `walker/runs.ts` does the same.
 */
export function* decodedPieces(bytes: Uint8Array, minLength: number): Generator<Uint8Array> {
  for (const [from, to] of runsOf(bytes, BASE64, leastBase64(minLength))) {
    const run = latin1(bytes.subarray(from, to));
    for (let skipped = 0; skipped < 4; skipped += 1) yield Buffer.from(run.slice(skipped), 'base64');
  }
  for (const [from, to] of runsOf(bytes, HEX, minLength * 2)) {
    const run = latin1(bytes.subarray(from, to));
    for (let skipped = 0; skipped < 2; skipped += 1) yield Buffer.from(run.slice(skipped), 'hex');
  }
  for (const [from, to] of zerosOf(bytes, minLength)) {
    yield everySecond(bytes, from - 1, to - 1);
    yield everySecond(bytes, from + 1, to + 1);
  }
}

const latin1 = ({ buffer, byteOffset, length }: Uint8Array): string =>
  Buffer.from(buffer, byteOffset, length).toString('latin1');

/** A run of `least` bytes holds one of the positions that are looked at. */
function* runsOf(bytes: Uint8Array, table: Uint8Array, least: number): Generator<readonly [number, number]> {
  let done = 0;
  for (let at = least - 1; at < bytes.length; at += least) {
    if (at < done || table[bytes[at] ?? 0] === 0) continue;
    let [from, to] = [at, at + 1];
    while (from > done && table[bytes[from - 1] ?? 0] === 1) from -= 1;
    while (to < bytes.length && table[bytes[to] ?? 0] === 1) to += 1;
    done = to;
    if (to - from >= least) yield [from, to];
  }
}

/** Where every second byte is zero, for `least` of them or more: the first of them, and behind the last. */
function* zerosOf(bytes: Uint8Array, least: number): Generator<readonly [number, number]> {
  let done = 0;
  for (let at = 0; at < bytes.length; at += 2 * least - 2) {
    const zero = bytes[at] === 0 ? at : at + 1;
    if (zero < done || bytes[zero] !== 0) continue;
    let [from, to] = [zero, zero + 2];
    while (from - 2 >= done && bytes[from - 2] === 0) from -= 2;
    while (bytes[to] === 0) to += 2;
    done = to - 1;
    if (to - from >= 2 * least) yield [from, to];
  }
}

function everySecond(bytes: Uint8Array, from: number, to: number): Uint8Array {
  const first = from < 0 ? from + 2 : from;
  const piece = new Uint8Array(Math.max(0, Math.ceil((Math.min(to, bytes.length) - first) / 2)));
  for (let i = 0; i < piece.length; i += 1) piece[i] = bytes[first + 2 * i] ?? 0;
  return piece;
}
