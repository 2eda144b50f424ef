// Raw DEFLATE (RFC 1951) and zlib (RFC 1950) decoder.
//
// Contract with the caller, which makes the hot loop short: at least 1024 readable bytes follow `srcEnd` and at least
// SLACK writable bytes follow the output. The decoder may touch them, but reports an error if the stream really needs
// more than it was given. `ws` points at WORKSPACE bytes, prepared by inflateInit.
import { adler32 } from "./adler32";
import {
  buildTable, DIST, DIST_PROTO, FIX_DIST, FIX_DIST_BITS, FIX_LIT, FIX_LIT_BITS, LENS, LIT, LIT_PROTO, ORDER, PRE, PRE_PROTO,
  SPECIAL, STOP,
} from "./inflate-tables";

/**
 * Inflate one raw DEFLATE stream into exactly `dstLen` bytes.
 * Returns the number of source bytes used, or -1.
 */
export function inflateRaw(ws: usize, src: usize, srcEnd: usize, dst: usize, dstLen: u32): i32 {
  // Bit buffer. Invariant: the next byte to load is at `ip`, `cnt` bits of `buf` are
  // counted; bits above `cnt` are already right (they are loaded again, identically).
  let buf: u64 = 0, cnt: u32 = 0, ip = src, op = dst;
  const opEnd = dst + dstLen, ipStop = srcEnd + 8;
  // Small outputs do not pay for filling a wide first level.
  const litMax: u32 = dstLen < 1024 ? 9 : dstLen < 8192 ? 10 : 11;
  let last: u32 = 0;

  do {
    buf |= load<u64>(ip) << cnt; ip += (63 - cnt) >>> 3; cnt |= 56;
    last = <u32>buf & 1;
    const kind = (<u32>buf >>> 1) & 3;
    buf >>= 3; cnt -= 3;
    let lit = ws + FIX_LIT, dist = ws + FIX_DIST;
    let litMask: u32 = (1 << FIX_LIT_BITS) - 1, distMask: u32 = (1 << FIX_DIST_BITS) - 1;

    if (kind == 0) {
      // Stored: give back whole bytes, then copy.
      ip -= cnt >>> 3;
      buf = 0; cnt = 0;
      const len = <u32>load<u16>(ip);
      if ((len ^ <u32>load<u16>(ip, 2)) != 0xffff) return -1;
      ip += 4;
      if (ip > srcEnd || len > <u32>(srcEnd - ip) || op > opEnd || len > <u32>(opEnd - op)) return -1;
      memory.copy(op, ip, len);
      ip += len; op += len;
      continue;
    }
    if (kind == 3) return -1;
    if (kind == 2) {
      // Dynamic: read the code lengths and build both tables.
      const nLit = (<u32>buf & 31) + 257, nDist = (<u32>(buf >> 5) & 31) + 1, nPre = (<u32>(buf >> 10) & 15) + 4;
      buf >>= 14; cnt -= 14;
      if (nLit > 286 || nDist > 30) return -1;
      const lens = ws + LENS, order = ws + ORDER;
      v128.store(lens, i64x2.splat(0)); v128.store(lens, i64x2.splat(0), 16);
      for (let i: u32 = 0; i < nPre; i++) {
        if (cnt < 3) { buf |= load<u64>(ip) << cnt; ip += (63 - cnt) >>> 3; cnt |= 56; }
        store<u8>(lens + load<u8>(order + i), <u8>buf & 7);
        buf >>= 3; cnt -= 3;
      }
      const pre = ws + PRE;
      const preBits = buildTable(ws, lens, 19, pre, 7, ws + PRE_PROTO);
      if (preBits <= 0) return -1;
      const preMask: u32 = (1 << preBits) - 1;
      const total = nLit + nDist;
      let i: u32 = 0;
      while (i < total) {
        if (cnt < 14) { buf |= load<u64>(ip) << cnt; ip += (63 - cnt) >>> 3; cnt |= 56; }
        const e = load<u32>(pre + ((<u32>buf & preMask) << 2));
        if (e & SPECIAL) return -1;
        buf >>= e; cnt -= e & 63;
        const sym = e >>> 16;
        if (sym < 16) { store<u8>(lens + i, sym); i++; continue; }
        let fill: u64 = 0, rep: u32;
        if (sym == 16) {
          if (!i) return -1;
          fill = <u64>load<u8>(lens + i - 1) * 0x0101010101010101;
          rep = 3 + (<u32>buf & 3); buf >>= 2; cnt -= 2;
        } else if (sym == 17) { rep = 3 + (<u32>buf & 7); buf >>= 3; cnt -= 3; }
        else { rep = 11 + (<u32>buf & 127); buf >>= 7; cnt -= 7; }
        for (let j: u32 = 0; j < rep; j += 8) store<u64>(lens + i + j, fill);
        i += rep;
      }
      if (i != total || ip > ipStop || load<u8>(lens + 256) == 0) return -1;
      lit = ws + LIT; dist = ws + DIST;
      const lb = buildTable(ws, lens, nLit, lit, litMax, ws + LIT_PROTO);
      if (lb <= 0) return -1;
      const db = buildTable(ws, lens + nLit, nDist, dist, 8, ws + DIST_PROTO);
      if (db < 0) return -1;
      litMask = (1 << lb) - 1; distMask = (1 << db) - 1;
    }

    // Symbols. One refill gives >= 56 bits: four literals (4 x 11), or three literals and a
    // length (33 + 20); a second refill covers the distance (28).
    for (;;) {
      if (op > opEnd || ip > ipStop) return -1;
      buf |= load<u64>(ip) << cnt; ip += (63 - cnt) >>> 3; cnt |= 56;
      let e = load<u32>(lit + ((<u32>buf & litMask) << 2));
      if (<i32>e < 0) {
        buf >>= e; cnt -= e & 63;
        store<u8>(op, e >>> 16); op++;
        e = load<u32>(lit + ((<u32>buf & litMask) << 2));
        if (<i32>e < 0) {
          buf >>= e; cnt -= e & 63;
          store<u8>(op, e >>> 16); op++;
          e = load<u32>(lit + ((<u32>buf & litMask) << 2));
          if (<i32>e < 0) {
            buf >>= e; cnt -= e & 63;
            store<u8>(op, e >>> 16); op++;
            e = load<u32>(lit + ((<u32>buf & litMask) << 2));
            if (<i32>e < 0) {
              buf >>= e; cnt -= e & 63;
              store<u8>(op, e >>> 16); op++;
              continue;
            }
          }
        }
      }
      if (e & SPECIAL) {
        if (!(e & STOP)) {
          buf >>= e; cnt -= e & 63;
          const m = ~(<u32>0xffffffff << (e >>> 8));
          e = load<u32>(lit + (((e >>> 16) + (<u32>buf & m)) << 2));
          if (<i32>e < 0) {
            buf >>= e; cnt -= e & 63;
            store<u8>(op, e >>> 16); op++;
            continue;
          }
        }
        if (e & STOP) {
          if (!(e >>> 16)) return -1;
          buf >>= e; cnt -= e & 63;
          break;
        }
      }
      const len = (e >>> 16) + <u32>((buf & ~(<u64>-1 << e)) >> (e >>> 8));
      buf >>= e; cnt -= e & 63;

      buf |= load<u64>(ip) << cnt; ip += (63 - cnt) >>> 3; cnt |= 56;
      e = load<u32>(dist + ((<u32>buf & distMask) << 2));
      if (e & SPECIAL) {
        if (e & STOP) return -1;
        buf >>= e; cnt -= e & 63;
        const m = ~(<u32>0xffffffff << (e >>> 8));
        e = load<u32>(dist + (((e >>> 16) + (<u32>buf & m)) << 2));
        if (e & SPECIAL) return -1;
      }
      const back = (e >>> 16) + <u32>((buf & ~(<u64>-1 << e)) >> (e >>> 8));
      buf >>= e; cnt -= e & 63;
      if (back > <u32>(op - dst)) return -1;

      // Copy in wide steps that may run past the match end (SLACK); op is set right after.
      let from = op - back;
      const end = op + len;
      if (back >= 16) {
        do { v128.store(op, v128.load(from)); op += 16; from += 16; } while (op < end);
      } else if (back >= 8) {
        do { store<u64>(op, load<u64>(from)); op += 8; from += 8; } while (op < end);
      } else if (back == 1) {
        const v = i8x16.splat(load<u8>(from));
        do { v128.store(op, v); op += 16; } while (op < end);
      } else { // each step makes `back` more bytes right
        do { store<u64>(op, load<u64>(from)); op += back; from += back; } while (op < end);
      }
      op = end;
    }
  } while (!last);

  ip -= cnt >>> 3;
  if (op != opEnd || ip > srcEnd) return -1;
  return <i32>(ip - src);
}

/** zlib stream -> exactly `dstLen` bytes. `check` != 0 verifies the Adler-32. Returns bytes used or -1. */
export function inflateZlib(ws: usize, src: usize, srcEnd: usize, dst: usize, dstLen: u32, check: u32): i32 {
  const cmf = <u32>load<u8>(src), flg = <u32>load<u8>(src, 1);
  if ((cmf & 15) != 8 || (cmf << 8 | flg) % 31 != 0 || flg & 32) return -1;
  const used = inflateRaw(ws, src + 2, srcEnd, dst, dstLen);
  if (used < 0) return -1;
  if (check && adler32(dst, dstLen) != bswap(load<u32>(src + 2 + used))) return -1;
  return used + 6;
}
