// Looks into runs of base64 and hex, and into text of two bytes a character, for keys.
// Keys that consist of such characters stand in such runs themselves. What is decoded is decoded at every alignment.
import { RUN_ROOM } from "./inflate-tables";
import { hasKey } from "./keys";
import { KEY_TABLES, KeyTables, plan, thread } from "./plan";

/** In a thread's room for runs: the value of each byte in base64 and in hex, and what was decoded. */
const HEX: u32 = 256;
const DECODED: u32 = 512;
/** No value. */
const NONE: u32 = 0xff;
/** So many characters are decoded at a time, the last ones again with the next: a key of 1,024 bytes fits in twice as many. */
const PIECE: u32 = 8192;
const OVERLAP: u32 = 2176;
/** Of a key in base64, so many bytes at its ends may be cut into. */
const KEY_EDGES: u32 = 3;

export function initRuns(): void {
  const base64 = thread.workspace + RUN_ROOM, hex = base64 + HEX;
  memory.fill(base64, <u8>NONE, 512);
  for (let i: u32 = 0; i < 26; i++) {
    store<u8>(base64 + 65 + i, <u8>i);
    store<u8>(base64 + 97 + i, <u8>(i + 26));
  }
  for (let i: u32 = 0; i < 10; i++) {
    store<u8>(base64 + 48 + i, <u8>(i + 52));
    store<u8>(hex + 48 + i, <u8>i);
  }
  store<u8>(base64 + 43, 62); store<u8>(base64 + 45, 62); store<u8>(base64 + 47, 63); store<u8>(base64 + 95, 63);
  for (let i: u32 = 0; i < 6; i++) {
    store<u8>(hex + 65 + i, <u8>(i + 10));
    store<u8>(hex + 97 + i, <u8>(i + 10));
  }
}

/** Whether a key stands in the range: in a run of its characters, or encoded. */
export function hasEncoded(data: usize, from: u32, to: u32): bool {
  return hasRun(data, from, to) || hasWide(data, from, to);
}

/** Sixteen bytes at a time: hardly any text has so many of base64 in a row where one looks. */
function hasRun(data: usize, from: u32, to: u32): bool {
  const values = thread.workspace + RUN_ROOM, least: u32 = plan.leastRun, half = i8x16.splat(15);
  const low = i8x16(26, 30, 30, 30, 30, 30, 30, 30, 30, 30, 28, 5, 4, 5, 4, 13);
  const high = i8x16(0, 0, 1, 2, 4, 8, 4, 16, 0, 0, 0, 0, 0, 0, 0, 0);
  let done = from;
  for (let at = from + least - 16; at + 16 <= to; at += least - 15) {
    const bytes = v128.load(data + at);
    const kinds = v128.and(i8x16.swizzle(low, v128.and(bytes, half)), i8x16.swizzle(high, v128.and(i16x8.shr_u(bytes, 4), half)));
    if (!i8x16.all_true(kinds) || at < done) continue;
    let begin = at, end = at + 16;
    while (begin > done && load<u8>(values + load<u8>(data + begin - 1)) != NONE) begin--;
    while (end < to && load<u8>(values + load<u8>(data + end)) != NONE) end++;
    done = end;
    if (end - begin >= least && holdsAny(data, begin, end)) return true;
  }
  return false;
}

/** In a run of characters of base64. */
function holdsAny(data: usize, from: u32, to: u32): bool {
  const length = to - from;
  for (let i: u32 = 0; i < plan.keyCount; i++) {
    const t = changetype<KeyTables>(plan.keys + i * KEY_TABLES);
    if (t.isRun && length >= t.minLength && hasKey(t, data, from, to)) return true;
  }
  if (length >= plan.leastKey * 8 / 6 - 1 && hasKeyInBase64(data, from, to)) return true;
  return length >= 2 * plan.leastKey && hasKeyInHex(data, from, to);
}

function hasKeyInBase64(data: usize, from: u32, to: u32): bool {
  for (let skipped: u32 = 0; skipped < 4; skipped++) {
    if (!hasAsciiInBase64(data, from + skipped, to)) continue;
    for (let at = from + skipped; at < to; at += PIECE - OVERLAP) {
      if (isKeyIn(decodeBase64(data + at, min(to - at, PIECE)))) return true;
    }
  }
  return false;
}

/**
 * Whether three groups of four characters in a row decode to ASCII where every text of a key's length has three: what is
 * random has them once in five hundred times. The ends of a key may lie in groups that it shares with its neighbours.
 */
function hasAsciiInBase64(data: usize, from: u32, to: u32): bool {
  const values = thread.workspace + RUN_ROOM, step = 4 * ((plan.leastKey - KEY_EDGES - 2) / 3 - 2);
  for (let at = from; at + 12 <= to; at += step) {
    const p = data + at;
    if ((firstBits(values, p) | firstBits(values, p + 4) | firstBits(values, p + 8)) == 0) return true;
  }
  return false;
}

/** The first bit of each of the three bytes that four characters stand for. */
@inline
function firstBits(values: usize, p: usize): u32 {
  const second = <u32>load<u8>(values + load<u8>(p, 1)), third = <u32>load<u8>(values + load<u8>(p, 2));
  return (<u32>load<u8>(values + load<u8>(p)) & 32) | (second & 8) | (third & 2);
}

/** In the first `length` bytes of what was decoded. */
function isKeyIn(length: u32): bool {
  for (let i: u32 = 0; i < plan.keyCount; i++) {
    const t = changetype<KeyTables>(plan.keys + i * KEY_TABLES);
    if (hasKey(t, thread.workspace + RUN_ROOM + DECODED, 0, length)) return true;
  }
  return false;
}

function decodeBase64(from: usize, length: u32): u32 {
  const values = thread.workspace + RUN_ROOM, out = values + DECODED, end = from + length;
  // Characters behind the end have some value, too: the bytes that they decide are not counted.
  for (let to = out; from < end; from += 4, to += 3) {
    const first = <u32>load<u8>(values + load<u8>(from)) << 18 | <u32>load<u8>(values + load<u8>(from, 1)) << 12;
    const second = (<u32>load<u8>(values + load<u8>(from, 2)) & 63) << 6 | (<u32>load<u8>(values + load<u8>(from, 3)) & 63);
    store<u32>(to, bswap<u32>((first | second) << 8));
  }
  return length * 6 >>> 3;
}

/** In the runs of hex of a run of base64. */
function hasKeyInHex(data: usize, from: u32, to: u32): bool {
  const values = thread.workspace + RUN_ROOM + HEX, least: u32 = 2 * plan.leastKey;
  for (let at = from + least - 1; at < to; at += least) {
    if (load<u8>(values + load<u8>(data + at)) == NONE) continue;
    let begin = at, end = at + 1;
    while (begin > from && load<u8>(values + load<u8>(data + begin - 1)) != NONE) begin--;
    while (end < to && load<u8>(values + load<u8>(data + end)) != NONE) end++;
    if (end - begin >= least && isKeyInHex(data, begin, end)) return true;
    while (at + least < end) at += least;
  }
  return false;
}

function isKeyInHex(data: usize, from: u32, to: u32): bool {
  for (let skipped: u32 = 0; skipped < 2; skipped++) {
    if (!hasAsciiInHex(data, from + skipped, to)) continue;
    for (let at = from + skipped; at < to; at += PIECE - OVERLAP) {
      if (isKeyIn(decodeHex(data + at, min(to - at, PIECE)))) return true;
    }
  }
  return false;
}

/** As {@link hasAsciiInBase64}, of eight bytes in a row. */
function hasAsciiInHex(data: usize, from: u32, to: u32): bool {
  const values = thread.workspace + RUN_ROOM + HEX, step = 2 * (plan.leastKey - 7);
  for (let at = from; at + 16 <= to; at += step) {
    let bits: u32 = 0;
    for (let i: u32 = 0; i < 16; i += 2) bits |= load<u8>(values + load<u8>(data + at + i));
    if (bits < 8) return true;
  }
  return false;
}

function decodeHex(from: usize, length: u32): u32 {
  const values = thread.workspace + RUN_ROOM + HEX, out = thread.workspace + RUN_ROOM + DECODED;
  for (let i: u32 = 0; i + 1 < length; i += 2) {
    const high = <u32>load<u8>(values + load<u8>(from + i)), low = <u32>load<u8>(values + load<u8>(from + i, 1));
    store<u8>(out + (i >>> 1), <u8>(high << 4 | low));
  }
  return length >>> 1;
}

/** Where every second byte is zero, the bytes between are text, whichever end comes first. */
function hasWide(data: usize, from: u32, to: u32): bool {
  const least = plan.leastKey;
  let done = from;
  for (let at = from; at < to; at += 2 * least - 2) {
    const zero = load<u8>(data + at) ? at + 1 : at;
    if (zero < done || zero >= to || load<u8>(data + zero)) continue;
    let begin = zero, end = zero + 2;
    while (begin >= done + 2 && !load<u8>(data + begin - 2)) begin -= 2;
    while (end < to && !load<u8>(data + end)) end += 2;
    done = end - 1;
    if (end - begin < 2 * least) continue;
    if (isKeyInWide(data, begin > from ? begin - 1 : begin + 1, end - 1)) return true;
    if (isKeyInWide(data, begin + 1, min(end + 1, to))) return true;
  }
  return false;
}

function isKeyInWide(data: usize, from: u32, to: u32): bool {
  const out = thread.workspace + RUN_ROOM + DECODED;
  for (let at = from; at < to; at += PIECE - OVERLAP) {
    const length = min(to - at, PIECE) + 1 >>> 1;
    for (let i: u32 = 0; i < length; i++) store<u8>(out + i, load<u8>(data + at + 2 * i));
    if (isKeyIn(length)) return true;
  }
  return false;
}
