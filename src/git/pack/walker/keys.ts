// Finds any of many keys by every n-th gram of eight bytes, as `KeyIndex` of src/match does. A key's first two bytes and
// its last one do not count: the edges of base64 may cut into them.
import { KeyTables } from "./plan";

const HEAD: u32 = 2;
const TAIL: u32 = 1;

export function hasKey(t: KeyTables, data: usize, from: u32, to: u32): bool {
  return t.isRun ? hasKeyInRuns(t, data, from, to) : hasKeyIn(t, data, from, to);
}

/** Keys of letters and digits: in runs of such. What else is in words, in lines of dashes and in paths is not looked at. */
function hasKeyInRuns(t: KeyTables, data: usize, from: u32, to: u32): bool {
  const least = t.minLength - HEAD - TAIL;
  let done = from;
  for (let at = from + least - 16; at + 16 <= to; at += least - 15) {
    if (at < done || !areAlphanumeric(v128.load(data + at))) continue;
    let begin = at, end = at + 16;
    while (begin > done && isAlphanumeric(load<u8>(data + begin - 1))) begin--;
    while (end < to && isAlphanumeric(load<u8>(data + end))) end++;
    done = end;
    if (end - begin >= least && hasKeyIn(t, data, begin, end)) return true;
  }
  return false;
}

@inline
function isAlphanumeric(c: u32): bool { return (c | 32) - 97 < 26 || c - 48 < 10; }

@inline
function areAlphanumeric(bytes: v128): bool {
  const letters = i8x16.lt_u(i8x16.sub(v128.or(bytes, i8x16.splat(32)), i8x16.splat(97)), i8x16.splat(26));
  const digits = i8x16.lt_u(i8x16.sub(bytes, i8x16.splat(48)), i8x16.splat(10));
  return i8x16.all_true(v128.or(letters, digits));
}

function hasKeyIn(t: KeyTables, data: usize, from: u32, to: u32): bool {
  if (to < from + 8) return false;
  const last = to - 8, stride = t.stride, filter = t.filter, shift = t.filterShift;
  for (let at = from + stride - 1; at <= last; at += stride) {
    const hash = (load<u32>(data + at) * 0x9e3779b1) ^ (load<u32>(data + at, 4) * 0x85ebca77);
    const again = (hash ^ (hash >>> 15)) * 0x2c1b3c6d;
    const mask: u32 = (1 << (again & 31)) | (1 << ((again >>> 5) & 31));
    if ((load<u32>(filter + ((hash >>> shift) << 2)) & mask) != mask) continue;
    if (isKey(t, data, from, to, at, again >>> t.bucketShift)) return true;
  }
  return false;
}

function isKey(t: KeyTables, data: usize, from: u32, to: u32, at: u32, bucket: u32): bool {
  const end = load<u32>(t.buckets + 4 * (bucket + 1));
  for (let i = load<u32>(t.buckets + 4 * bucket); i < end; i++) {
    const entry = load<u32>(t.entries + 4 * i), offset = entry % t.stride, text = entry / t.stride;
    const begin = load<u32>(t.starts + 4 * text) + HEAD, length = load<u32>(t.starts + 4 * (text + 1)) - TAIL - begin;
    if (at < from + offset || at - offset + length > to) continue;
    if (memory.compare(data + at - offset, t.bytes + begin, length) == 0) return true;
  }
  return false;
}
