// Whether a range of bytes may hold anything that is looked for. The program has the last word: what is flagged here is
// scanned there, with the same tables, and more closely.
import { findMark, NO_MARK } from "./keywords";
import { hasKey } from "./keys";
import { GRAM_TABLES, GramTables, KEY_TABLES, KeyTables, MAX_WORD, plan } from "./plan";
import { hasEncoded } from "./runs";

/** Contents beyond this size are scanned by the program in pieces, and each may be text of two bytes a character. */
export const WHOLE: u32 = 4 * 1024 * 1024;
const SAMPLE: u32 = 4096;

export const NOTHING: u32 = 0;
/** Something may be there: only the program can tell. */
export const PERHAPS: u32 = 1;
/** One of the patterns or keys is there, or as good as. */
export const SURELY: u32 = 2;

/** By what is found wherever it stands. */
export function interestIn(data: usize, from: u32, to: u32): u32 {
  for (let i: u32 = 0; i < plan.indexCount; i++) {
    if (hasPattern(changetype<GramTables>(plan.indexes + i * GRAM_TABLES), data, from, to)) return SURELY;
  }
  if (plan.keyCount && hasAnyKey(data, from, to)) return SURELY;
  if (!plan.hasWords) return NOTHING;
  return hasWord(data, from, to, true) || hasWord(data, from, to, false) ? PERHAPS : NOTHING;
}

function hasAnyKey(data: usize, from: u32, to: u32): bool {
  for (let i: u32 = 0; i < plan.keyCount; i++) {
    const t = changetype<KeyTables>(plan.keys + i * KEY_TABLES);
    if (!t.isRun && hasKey(t, data, from, to)) return true;
  }
  return hasEncoded(data, from, to);
}

/** By what draws attention to its surroundings. */
export function markIn(data: usize, from: u32, to: u32): u32 {
  return plan.keywordCount ? findMark(data, from, to) : NO_MARK;
}

function hasPattern(t: GramTables, data: usize, from: u32, to: u32): bool {
  if (to < from + t.gram) return false;
  const last = to - t.gram, stride = t.stride, filter = t.filter, shift = t.filterShift;
  for (let at = from + stride - 1; at <= last; at += stride) {
    const hash = hashGram(data + at, t.gram);
    const bit = hash >>> shift;
    if ((load<u32>(filter + ((bit >>> 5) << 2)) >>> (bit & 31)) & 1) {
      if (verify(t, data, from, to, at, hash)) return true;
    }
  }
  return false;
}

@inline
function hashGram(p: usize, gram: u32): u32 {
  if (gram == 8) return (load<u32>(p) * 0x9e3779b1) ^ (load<u32>(p, 4) * 0x85ebca77);
  return (load<u32>(p) & (0xffffffff >>> (32 - 8 * gram))) * 0x9e3779b1;
}

function verify(t: GramTables, data: usize, from: u32, to: u32, at: u32, hash: u32): bool {
  const bucket = ((hash ^ (hash >>> 15)) * 0x2c1b3c6d) >>> t.bucketShift;
  const end = load<u32>(t.buckets + 4 * (bucket + 1));
  for (let i = load<u32>(t.buckets + 4 * bucket); i < end; i++) {
    const entry = load<u32>(t.entries + 4 * i), offset = entry % t.stride;
    const pattern = load<u32>(t.members + 4 * (entry / t.stride));
    const begin = load<u32>(t.starts + 4 * pattern), length = load<u32>(t.starts + 4 * (pattern + 1)) - begin;
    if (at < from + offset || at - offset + length > to) continue;
    if (memory.compare(data + at - offset, t.bytes + begin, length) == 0) return true;
  }
  return false;
}

@inline
function isWordByte(c: u32, withSigns: bool): bool {
  return (c | 32) - 97 < 26 || c - 48 < 10 || (withSigns && (c == 45 || c == 95));
}

/** A word of one of the lengths, as keys of which only the fingerprint is known have. */
function hasWord(data: usize, from: u32, to: u32, withSigns: bool): bool {
  let at = from;
  while (at < to) {
    const start = at;
    while (at < to && isWordByte(load<u8>(data + at), withSigns)) at++;
    const length = at - start;
    if (length && length <= MAX_WORD && load<u8>(plan.wordLengths + length)) return true;
    at++;
  }
  return false;
}

/** Whether it may be text of two bytes a character, in which keywords and words look different. */
export function mayBeWide(data: usize, len: u32): bool {
  if (len > WHOLE) return hasZero(data, len);
  const end = min(len, SAMPLE) & ~1;
  if (end < 16 || !hasEarlyZero(data, end)) return false;
  let even: u32 = 0, odd: u32 = 0;
  for (let i: u32 = 0; i < end; i += 2) {
    if (!load<u8>(data + i)) even++;
    if (!load<u8>(data + i, 1)) odd++;
  }
  // A little wider than the program's own test.
  return even * 5 > end || odd * 5 > end;
}

/** Without one it is no such text. */
export function hasEarlyZero(data: usize, len: u32): bool {
  return hasZero(data, min(len, 64));
}

function hasZero(data: usize, len: u32): bool {
  let i: u32 = 0;
  for (; i + 16 <= len; i += 16) if (!i8x16.all_true(v128.load(data + i))) return true;
  for (; i < len; i++) if (!load<u8>(data + i)) return true;
  return false;
}
