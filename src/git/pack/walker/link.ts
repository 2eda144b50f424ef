// From a pack and its index to a forest: every entry under the one it is a delta of.
import { findOid, placeIds } from "./find-id";
import { COMMIT, NOWHERE, obj, Obj, plan, ROOT, TAG } from "./plan";

@inline
function be32(p: usize): u32 { return bswap(load<u32>(p)); }

/** Sort the .idx (version 2) by pack offset. Needs no pack bytes. Negative when the file is of another kind. */
export function sortIndex(): i32 {
  const idx = plan.idx, n = plan.count;
  if (be32(idx) != 0xff744f63 || be32(idx + 4) != 2) return -1;
  const offs = idx + 8 + 1024 + 24 * n;
  let a = plan.offsets, ai = plan.order, b = plan.scratch, bi = b + 4 * n;
  const tally = bi + 4 * n;
  for (let i: u32 = 0; i < n; i++) {
    const o = be32(offs + 4 * i);
    if (o >>> 31) return -2; // 64-bit offsets: pack too large for this module
    store<u32>(a + 4 * i, o); store<u32>(ai + 4 * i, i);
  }
  for (let shift: u32 = 0; shift < 33; shift += 11) { // least significant digit first
    memory.fill(tally, 0, 8192);
    for (let i: u32 = 0; i < n; i++) {
      const t = tally + (((load<u32>(a + 4 * i) >>> shift) & 2047) << 2);
      store<u32>(t, load<u32>(t) + 1);
    }
    let sum: u32 = 0;
    for (let i: u32 = 0; i < 2048; i++) {
      const t = tally + 4 * i, c = load<u32>(t);
      store<u32>(t, sum); sum += c;
    }
    for (let i: u32 = 0; i < n; i++) {
      const o = load<u32>(a + 4 * i), t = tally + (((o >>> shift) & 2047) << 2), at = load<u32>(t);
      store<u32>(t, at + 1);
      store<u32>(b + 4 * at, o); store<u32>(bi + 4 * at, load<u32>(ai + 4 * i));
    }
    let s = a; a = b; b = s;
    s = ai; ai = bi; bi = s;
  }
  // Three passes: the result lies in scratch.
  memory.copy(plan.offsets, a, 4 * n); memory.copy(plan.order, ai, 4 * n);
  for (let i: u32 = 0; i < n; i++) store<u32>(plan.inverse + 4 * load<u32>(plan.order + 4 * i), i);
  let k: u32 = 0;
  for (let page: u32 = 0; page <= plan.packLen >>> 12; page++) {
    while (k < n && load<u32>(plan.offsets + 4 * k) < page << 12) k++;
    store<u32>(plan.pages + 4 * page, k);
  }
  return placeIds() ? 0 : -3;
}

/** Parses the headers of some entries and hangs deltas under their bases. What cannot be understood hangs nowhere, and is not visited. */
export function link(from: u32, to: u32): void {
  for (let i = from; i < to; i++) {
    const base = parseEntry(i);
    if (base == NOWHERE) continue;
    obj(i).sibling = atomic.xchg<u32>(changetype<usize>(obj(base)) + offsetof<Obj>("child"), i + 1);
  }
}

/** Fills in an entry; its base's place in the pack, or NOWHERE for a start point and for nonsense. */
function parseEntry(i: u32): u32 {
  const at = load<u32>(plan.offsets + 4 * i);
  if (at < 12 || at >= plan.packLen - 20) return NOWHERE;
  let p = plan.pack + at, c: u32 = load<u8>(p++);
  const type = (c >>> 4) & 7, o = obj(i);
  let size = c & 15;
  for (let shift: u32 = 4; c & 128; shift += 7) { c = load<u8>(p++); size |= (c & 127) << shift; }
  o.size = size;
  if (type == 6) {
    c = load<u8>(p++);
    let back = c & 127;
    while (c & 128) { c = load<u8>(p++); back = (back + 1) << 7 | (c & 127); }
    o.data = p;
    return back > at ? NOWHERE : entryAt(at - back, i);
  }
  if (type == 7) {
    o.data = p + 20;
    const base = findOid(p);
    return base == i ? NOWHERE : base;
  }
  o.data = p;
  if (type >= COMMIT && type <= TAG) o.sibling = ROOT + type;
  return NOWHERE;
}

/** The entry before `limit` that begins exactly at a pack offset, or NOWHERE. */
function entryAt(want: u32, limit: u32): u32 {
  let base = load<u32>(plan.pages + 4 * (want >>> 12));
  while (base < limit && load<u32>(plan.offsets + 4 * base) < want) base++;
  return base < limit && load<u32>(plan.offsets + 4 * base) == want ? base : NOWHERE;
}
