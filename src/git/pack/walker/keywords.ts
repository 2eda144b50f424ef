// Finds any of a few short texts, 16 positions at a time: four neighbouring bytes of each keyword (its rarest ones) are
// looked up by their halves in tables of 16, one bit for each group of keywords.
import { KEYWORD_ROOM } from "./inflate-tables";
import { plan, thread } from "./plan";

/** Its four bytes, which of their bits do not count, where they stand in it, how many bytes of base64 must follow, and whether its letters' case counts. */
@unmanaged class Keyword { window: u32; folded: u32; at: u32; text: usize; length: u32; run: u32; isEncoded: u32; }
const KEYWORD: u32 = 28;

export const NO_MARK: u32 = 0;
/** A keyword, letters in either case. */
export const KEYWORD_MARK: u32 = 1;
/** One that stands there encoded. */
export const ENCODED_MARK: u32 = 2;

/** Whether a keyword was met, since this was false, that has too few bytes of base64 behind it. */
export let isBare: bool = false;
export function setBare(bare: bool): void { isBare = bare; }

/** The most telling mark in the range. */
export function findMark(data: usize, from: u32, to: u32): u32 {
  const t = plan.keywordTables;
  const low0 = v128.load(t), high0 = v128.load(t, 16), low1 = v128.load(t, 32), high1 = v128.load(t, 48);
  const low2 = v128.load(t, 64), high2 = v128.load(t, 80), low3 = v128.load(t, 96), high3 = v128.load(t, 112);
  const half = i8x16.splat(15), zero = i8x16.splat(0), groupsAt = thread.workspace + KEYWORD_ROOM;
  let before0 = zero, before1 = zero, before2 = zero, mark = NO_MARK;
  // A keyword has two bytes or more: its four may end so many behind the range.
  for (let i = from; i < to + 2; i += 16) {
    const bytes = v128.load(data + i), low = v128.and(bytes, half), high = v128.and(i16x8.shr_u(bytes, 4), half);
    const first = v128.and(i8x16.swizzle(low0, low), i8x16.swizzle(high0, high));
    const second = v128.and(i8x16.swizzle(low1, low), i8x16.swizzle(high1, high));
    const third = v128.and(i8x16.swizzle(low2, low), i8x16.swizzle(high2, high));
    const fourth = v128.and(i8x16.swizzle(low3, low), i8x16.swizzle(high3, high));
    const all = v128.and(v128.and(behind3(before0, first), behind2(before1, second)), v128.and(behind1(before2, third), fourth));
    before0 = first; before1 = second; before2 = third;
    if (!v128.any_true(all)) continue;
    v128.store(groupsAt, all);
    for (let bits = i8x16.bitmask(i8x16.ne(all, zero)); bits; bits &= bits - 1) {
      const lane = ctz(bits);
      mark = max(mark, markAt(load<u8>(groupsAt + lane), data, i + lane - 3, from, to, mark));
      if (mark == ENCODED_MARK) return mark;
    }
  }
  return mark;
}

/** What was found so many bytes further in front. */
@inline
function behind1(before: v128, now: v128): v128 { return i8x16.shuffle(before, now, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30); }
@inline
function behind2(before: v128, now: v128): v128 { return i8x16.shuffle(before, now, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29); }
@inline
function behind3(before: v128, now: v128): v128 { return i8x16.shuffle(before, now, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28); }

/** A mark whose four bytes stand at `at`, if it tells more than `known`. */
function markAt(groups: u32, data: usize, at: u32, from: u32, to: u32, known: u32): u32 {
  const window = load<u32>(data + at);
  for (; groups; groups &= groups - 1) {
    const group = plan.keywordStarts + 4 * ctz(groups), end = load<u32>(group, 4);
    for (let i = load<u32>(group); i < end; i++) {
      const k = changetype<Keyword>(plan.keywords + i * KEYWORD);
      if ((window | k.folded) != k.window) continue;
      const kind = k.isEncoded ? ENCODED_MARK : KEYWORD_MARK;
      if (kind <= known || at < from + k.at || at - k.at + k.length > to) continue;
      if (!isKeyword(k, data + at - k.at)) continue;
      if (isRun(data, at - k.at + k.length, to, k.run)) return kind;
      isBare = true;
    }
  }
  return NO_MARK;
}

@inline
function isKeyword(k: Keyword, text: usize): bool {
  return k.isEncoded ? memory.compare(text, k.text, k.length) == 0 : equalsFolded(text, k.text, k.length);
}

/** At least `length` bytes of base64 from `at`, as far as the range goes. */
function isRun(data: usize, at: u32, to: u32, length: u32): bool {
  const end = min(to, at + length);
  for (; at < end; at++) {
    const c = <u32>load<u8>(data + at);
    if ((c | 32) - 97 >= 26 && c - 48 >= 10 && c != 43 && c != 47 && c != 45 && c != 95 && c != 61) return false;
  }
  return true;
}

function equalsFolded(text: usize, lower: usize, length: u32): bool {
  for (let i: u32 = 0; i < length; i++) {
    let c = <u32>load<u8>(text + i);
    if (c - 65 < 26) c |= 32;
    if (c != <u32>load<u8>(lower + i)) return false;
  }
  return true;
}
