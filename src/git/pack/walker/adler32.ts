/** Adler-32 (RFC 1950), 16 bytes per step. */
export function adler32(p: usize, n: u32): u32 {
  let a: u32 = 1, b: u32 = 0;
  const wLo = i16x8(16, 15, 14, 13, 12, 11, 10, 9), wHi = i16x8(8, 7, 6, 5, 4, 3, 2, 1);
  while (n >= 16) {
    let blocks = min<u32>(n >>> 4, 256); // small enough that no lane overflows
    n -= blocks << 4;
    let sum = i64x2.splat(0), carry = i64x2.splat(0), weighted = i64x2.splat(0);
    b += a * (blocks << 4);
    for (; blocks; blocks--, p += 16) {
      const x = v128.load(p);
      const lo = v128.extend_low<u8>(x), hi = v128.extend_high<u8>(x);
      carry = i32x4.add(carry, sum);
      sum = i32x4.add(sum, v128.extadd_pairwise<u16>(v128.extadd_pairwise<u8>(x)));
      weighted = i32x4.add(weighted, i32x4.add(v128.dot<i16>(lo, wLo), v128.dot<i16>(hi, wHi)));
    }
    a += lanes(sum);
    b += (lanes(carry) << 4) + lanes(weighted);
    a %= 65521; b %= 65521;
  }
  for (; n; n--, p++) { a += load<u8>(p); b += a; }
  return (b % 65521) << 16 | (a % 65521);
}

@inline
function lanes(v: v128): u32 {
  return i32x4.extract_lane(v, 0) + i32x4.extract_lane(v, 1) + i32x4.extract_lane(v, 2) + i32x4.extract_lane(v, 3);
}
