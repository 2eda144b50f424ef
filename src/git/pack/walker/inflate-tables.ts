// Decoding tables of DEFLATE (RFC 1951).
//
// Table entry (u32), for literal/length and distance tables alike:
//   bits  0..5   bits to drop: code bits + extra bits   (wasm shifts use mod 64,
//   bits  8..13  code bits alone                         so no masking is needed)
//   bit  14      SPECIAL: link to a second-level table, end of block, or invalid
//   bit  15      STOP: with SPECIAL: end of block (value 1) or invalid (value 0)
//   bits 16..30  literal byte / base length / base distance / second-level index
//   bit  31      literal (so the test is "negative")
// A link keeps the first-level width in bits 0..5 and the second-level width in 8..13.

export const SLACK: u32 = 512;
export const WORKSPACE: u32 = 128 * 1024;

export const SPECIAL: u32 = 1 << 14;
export const STOP: u32 = 1 << 15;
const LITERAL: u32 = 1 << 31;

// Workspace layout, byte offsets from `ws`.
export const LIT: u32 = 0; //            dynamic literal/length table, up to 8192 entries
export const DIST: u32 = 32768; //       dynamic distance table, up to 4096 entries
export const FIX_LIT: u32 = 49152; //    fixed tables, built once
export const FIX_DIST: u32 = 57344;
export const PRE: u32 = 58368; //        code-length-code table, 128 entries
export const LIT_PROTO: u32 = 59392; //  per symbol: everything of an entry but the code length
export const DIST_PROTO: u32 = 60672;
export const PRE_PROTO: u32 = 60928;
export const LENS: u32 = 61440; //       code lengths being read (288 + 32 + overrun)
const COUNT: u32 = 62464; //      symbols per code length (16 x u32)
const START: u32 = 62592; //      first slot per code length (16 x u32)
const SORTED: u32 = 62720; //     symbols ordered by code length (u16)
const USED: u32 = 64064; //       symbols that have a code, and its length (u16 each, up to 288 and 15 more)
export const ORDER: u32 = 64000; //      order of the code length code lengths (u8 x 19)

/** 16 bytes for keywords.ts. */
export const KEYWORD_ROOM: u32 = 65536;
/** For runs.ts. */
export const RUN_ROOM: u32 = 66560;

export const FIX_LIT_BITS: u32 = 9;
export const FIX_DIST_BITS: u32 = 5;

/** Fill the constant parts of a workspace. Call once per thread. */
export function inflateInit(ws: usize): void {
  // Prototypes of literals, end of block and lengths (RFC 1951, 3.2.5).
  for (let s: u32 = 0; s < 288; s++) {
    let proto: u32;
    if (s < 256) proto = LITERAL | (s << 16);
    else if (s == 256) proto = SPECIAL | STOP | (1 << 16);
    else if (s < 265) proto = (s - 254) << 16;
    else if (s < 285) {
      const extra = (s - 261) >> 2;
      proto = (((((s - 261) & 3) + 4) << extra) + 3) << 16 | extra;
    } else if (s == 285) proto = 258 << 16;
    else proto = SPECIAL | STOP;
    store<u32>(ws + LIT_PROTO + (s << 2), proto);
  }
  for (let s: u32 = 0; s < 32; s++) {
    let proto: u32;
    if (s < 4) proto = (s + 1) << 16;
    else if (s < 30) {
      const extra = (s - 2) >> 1;
      proto = ((((s & 1) + 2) << extra) + 1) << 16 | extra;
    } else proto = SPECIAL | STOP;
    store<u32>(ws + DIST_PROTO + (s << 2), proto);
  }
  for (let s: u32 = 0; s < 19; s++) store<u32>(ws + PRE_PROTO + (s << 2), s << 16);

  // 16 17 18 0 8 7 9 6 10 5 11 4 12 3 13 2 14 1 15: after the first four it zigzags out from 8.
  const order = ws + ORDER;
  store<u8>(order, 16); store<u8>(order, 17, 1); store<u8>(order, 18, 2); store<u8>(order, 0, 3);
  store<u8>(order, 8, 4);
  for (let i: u32 = 1; i < 8; i++) {
    store<u8>(order + 3 + 2 * i, 8 - i);
    store<u8>(order + 4 + 2 * i, 8 + i);
  }

  // Fixed codes (RFC 1951, 3.2.6).
  const lens = ws + LENS;
  for (let s: u32 = 0; s < 288; s++) store<u8>(lens + s, s < 144 ? 8 : s < 256 ? 9 : s < 280 ? 7 : 8);
  buildTable(ws, lens, 288, ws + FIX_LIT, FIX_LIT_BITS, ws + LIT_PROTO);
  for (let s: u32 = 0; s < 32; s++) store<u8>(lens + s, 5);
  buildTable(ws, lens, 32, ws + FIX_DIST, FIX_DIST_BITS, ws + DIST_PROTO);
}

/**
 * Build a two-level decoding table from code lengths. Returns the width of the
 * first level (<= rootMax), or -1 for a code that is over- or under-full.
 * Entries are placed at bit-reversed codes. A table for codes of up to L bits is
 * made from the one for L-1 bits by doubling it, so short codes are replicated
 * with wide copies and not one slot at a time.
 */
export function buildTable(ws: usize, lens: usize, n: u32, table: usize, rootMax: u32, protos: usize): i32 {
  const count = ws + COUNT, start = ws + START, sorted = ws + SORTED;
  const zero = i8x16.splat(0);
  v128.store(count, zero); v128.store(count, zero, 16);
  v128.store(count, zero, 32); v128.store(count, zero, 48);
  // Most symbols have no code.
  const used = ws + USED;
  let usedEnd = used;
  for (let i: u32 = 0; i < n; i += 16) {
    let bits: u32 = i8x16.bitmask(i8x16.ne(v128.load(lens + i), zero));
    if (n - i < 16) bits &= (1 << (n - i)) - 1;
    for (; bits; bits &= bits - 1, usedEnd += 4) {
      const symbol = i + ctz(bits), l = <u32>load<u8>(lens + symbol), p = count + (l << 2);
      store<u32>(usedEnd, symbol << 16 | l);
      store<u32>(p, load<u32>(p) + 1);
    }
  }
  let max: u32 = 15;
  while (max > 0 && load<u32>(count + (max << 2)) == 0) max--;
  if (max == 0) { // no code at all: legal for distances, fatal only if used
    store<u32>(table, SPECIAL | STOP);
    return 0;
  }
  let at: u32 = 0, room: i32 = 1;
  for (let l: u32 = 1; l <= max; l++) {
    const c = load<u32>(count + (l << 2));
    store<u32>(start + (l << 2), at);
    at += c;
    room = (room << 1) - <i32>c;
    if (room < 0) return -1;
  }
  if (room > 0) { // only a single one-bit code may be incomplete
    if (at != 1 || max != 1) return -1;
    store<u32>(table, SPECIAL | STOP, 0); store<u32>(table, SPECIAL | STOP, 4);
  }
  for (let at = used; at < usedEnd; at += 4) {
    const symbol = load<u32>(at), p = start + ((symbol & 15) << 2), k = load<u32>(p);
    store<u16>(sorted + (k << 1), symbol >>> 16);
    store<u32>(p, k + 1);
  }

  const root = min(max, rootMax);
  let code: u32 = 0; // bit-reversed
  let s = sorted;
  let l: u32 = 1;
  for (; l <= root; l++) {
    const step = l | (l << 8); // adds to both bit counts of the prototype
    let c = load<u32>(count + (l << 2));
    for (; c; c--, s += 2) {
      store<u32>(table + (code << 2), load<u32>(protos + (<u32>load<u16>(s) << 2)) + step);
      const clear = ~code & ((1 << l) - 1);
      if (!clear) { // that was the last code: spread it over the full first level
        while (l < root) { double(table, l); l++; }
        return root;
      }
      const bit = <u32>0x80000000 >>> clz(clear);
      code = (code & (bit - 1)) | bit;
    }
    if (room > 0) return 1;
    if (l < root) double(table, l);
  }

  // Codes longer than the first level.
  const rootMask: u32 = (1 << root) - 1;
  let next: u32 = 1 << root, sub: u32 = 0, subBits: u32 = 0, prefix: u32 = 0xffffffff;
  for (; l <= max; l++) {
    let c = load<u32>(count + (l << 2));
    const step = (l - root) | ((l - root) << 8);
    for (; c; c--, s += 2) {
      if ((code & rootMask) != prefix) {
        prefix = code & rootMask;
        sub = next;
        // Widen the second level until the codes left fill it.
        subBits = l - root;
        let filled = c;
        while (filled < (<u32>1 << subBits) && root + subBits < max) {
          subBits++;
          filled = (filled << 1) + load<u32>(count + ((root + subBits) << 2));
        }
        next += 1 << subBits;
        store<u32>(table + (prefix << 2), (sub << 16) | SPECIAL | (subBits << 8) | root);
      }
      const e = load<u32>(protos + (<u32>load<u16>(s) << 2)) + step;
      const stride: u32 = 1 << (l - root), end: u32 = 1 << subBits;
      for (let i = code >>> root; i < end; i += stride) store<u32>(table + ((sub + i) << 2), e);
      const clear = ~code & ((1 << l) - 1);
      if (!clear) return root;
      const bit = <u32>0x80000000 >>> clz(clear);
      code = (code & (bit - 1)) | bit;
    }
  }
  return root;
}

@inline
function double(table: usize, l: u32): void {
  const bytes: u32 = 4 << l;
  if (l == 1) { store<u64>(table, load<u64>(table), 8); return; }
  for (let i: u32 = 0; i < bytes; i += 16) v128.store(table + bytes + i, v128.load(table + i));
}
