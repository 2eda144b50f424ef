// Applies a delta and finds out what is new in its result.
//
// Bytes of a result come from insert instructions or from copies out of the base. A match that touches no insert and
// no seam between two copies lies inside one copied piece, so the base has it too. Hence only inserts and seams are
// looked at, widened by `reach` bytes on both sides (at least the longest match with its context), and the file's start
// and end where they moved. A result whose base had a hit is looked at whole instead.
import { interestIn, NOTHING, SURELY } from "./filter";

/** The part of the last result that is of interest, and how much. */
export let hotFrom: u32 = 0;
export let hotTo: u32 = 0;
export let interest: u32 = NOTHING;

let dirtyFrom: u32 = 0, dirtyTo: u32 = 0;

@inline
function copyOver(to: usize, from: usize, n: u32): void { // may write up to 15 bytes too many
  if (n > 512) { memory.copy(to, from, n); return; }
  for (let i: u32 = 0; i < n; i += 16) v128.store(to + i, v128.load(from + i));
}

/** [from, to) is new. What was noted before and does not touch it is complete by now, and is looked at. */
function noteDirty(out: usize, from: u32, to: u32): void {
  if (from > dirtyTo) {
    lookAt(out, dirtyTo);
    dirtyFrom = from;
  }
  dirtyTo = to;
}

function lookAt(out: usize, to: u32): void {
  if (to <= dirtyFrom || interest == SURELY) return;
  const found = interestIn(out, dirtyFrom, to);
  if (!found) return;
  if (!interest) hotFrom = dirtyFrom;
  hotTo = to;
  interest = found;
}

/** Builds the result at `out`, and finds its hot part unless `whole`. 0, or -1 for a malformed delta. */
export function applyDelta(base: usize, baseLen: u32, d: usize, dEnd: usize, out: usize, outLen: u32, reach: u32, whole: bool): i32 {
  let w: u32 = 0; //      bytes written
  let follow: u32 = 0; // base position that continues the last copy (0: start of file)
  dirtyFrom = dirtyTo = hotFrom = hotTo = 0;
  interest = NOTHING;
  while (d < dEnd) {
    const op = <u32>load<u8>(d++);
    if (op & 128) {
      let pos: u32 = 0, n: u32 = 0;
      if (op & 1) pos = load<u8>(d++);
      if (op & 2) pos |= <u32>load<u8>(d++) << 8;
      if (op & 4) pos |= <u32>load<u8>(d++) << 16;
      if (op & 8) pos |= <u32>load<u8>(d++) << 24;
      if (op & 16) n = load<u8>(d++);
      if (op & 32) n |= <u32>load<u8>(d++) << 8;
      if (op & 64) n |= <u32>load<u8>(d++) << 16;
      if (!n) n = 0x10000;
      if (pos > baseLen || n > baseLen - pos || n > outLen - w) return -1;
      if (!whole && pos != follow) noteDirty(out, w > reach ? w - reach : 0, w + reach); // a seam
      copyOver(out + w, base + pos, n);
      w += n; follow = pos + n;
    } else {
      if (!op || op > outLen - w || op > <u32>(dEnd - d)) return -1;
      if (!whole) noteDirty(out, w > reach ? w - reach : 0, w + op + reach);
      copyOver(out + w, d, op);
      d += op; w += op;
      follow = 0xffffffff; // whatever comes next is a seam
    }
  }
  if (w != outLen) return -1;
  if (!whole) {
    if (follow != baseLen && outLen > dirtyTo) noteDirty(out, outLen > reach ? outLen - reach : 0, outLen);
    lookAt(out, min(dirtyTo, outLen));
  }
  return 0;
}
