// Applies a delta and finds out what is new in its result.
//
// Bytes of a result come from insert instructions or from copies out of the base. A match that touches no insert and
// no seam between two copies lies inside one copied piece, so the base has it too. Hence only inserts and seams are
// looked at, with what is near enough to matter, and the file's start and end where they moved: for patterns and words
// as far as the longest of them goes, for keywords as far as their context. A result whose base had a hit is looked at
// whole instead.
import { mayHoldKeyword, narrowInterestIn, NOTHING, PERHAPS, SURELY } from "./filter";
import { plan } from "./plan";

/** The part of the last result that decides whether there is a hit, and how much of interest is there. */
export let hotFrom: u32 = 0;
export let hotTo: u32 = 0;
export let interest: u32 = NOTHING;

/** What is near to the last changes, and was not looked at yet. */
let narrowFrom: u32 = 0, narrowTo: u32 = 0, wideFrom: u32 = 0, wideTo: u32 = 0;

@inline
function copyOver(to: usize, from: usize, n: u32): void { // may write up to 15 bytes too many
  if (n > 512) { memory.copy(to, from, n); return; }
  for (let i: u32 = 0; i < n; i += 16) v128.store(to + i, v128.load(from + i));
}

/** A copied piece; where nobody will look at its middle, only its ends. */
@inline
function copyPiece(to: usize, from: usize, n: u32, ends: u32): void {
  if (n >>> 1 <= ends) { copyOver(to, from, n); return; }
  copyOver(to, from, ends);
  copyOver(to + n - ends, from + n - ends, ends);
}

@inline
function before(at: u32, reach: u32): u32 { return at > reach ? at - reach : 0; }

/** [from, to) is new. What was noted before and does not touch its surroundings is complete by now, and is looked at. */
function noteNew(out: usize, from: u32, to: u32): void {
  if (before(from, plan.patternReach) > narrowTo) {
    lookNarrow(out, narrowTo);
    narrowFrom = before(from, plan.patternReach);
  }
  narrowTo = to + plan.patternReach;
  if (before(from, plan.contextReach) > wideTo) {
    lookWide(out, wideTo);
    wideFrom = before(from, plan.contextReach);
  }
  wideTo = to + plan.contextReach;
}

function lookNarrow(out: usize, to: u32): void {
  if (to <= narrowFrom || interest == SURELY) return;
  const found = narrowInterestIn(out, narrowFrom, to);
  if (found) noteHot(narrowFrom, to, found);
}

function lookWide(out: usize, to: u32): void {
  if (to <= wideFrom || interest == SURELY) return;
  if (mayHoldKeyword(out, wideFrom, to)) noteHot(wideFrom, to, PERHAPS);
}

/** A keyword at the edge of what was looked at has a context beyond it. */
function noteHot(from: u32, to: u32, found: u32): void {
  hotFrom = interest ? min(hotFrom, before(from, plan.contextReach)) : before(from, plan.contextReach);
  hotTo = max(hotTo, to + plan.contextReach);
  interest = found;
}

/** A result that is looked at whole has no ends: each of its pieces is copied whole. */
const WHOLE_PIECES: u32 = 0x7fffffff;

/**
 * Builds the result at `out`, and finds its hot part unless `whole`. 0, or -1 for a malformed delta.
 * @param isPassing nothing else is made from the result: what is too far from all changes to matter is not even copied.
 */
export function applyDelta(base: usize, baseLen: u32, d: usize, dEnd: usize, out: usize, outLen: u32, whole: bool, isPassing: bool): i32 {
  const ends = isPassing && !whole ? plan.reach : WHOLE_PIECES;
  let w: u32 = 0; //      bytes written
  let follow: u32 = 0; // base position that continues the last copy (0: start of file)
  narrowFrom = narrowTo = wideFrom = wideTo = hotFrom = hotTo = 0;
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
      if (!whole && pos != follow) noteNew(out, w, w); // a seam
      copyPiece(out + w, base + pos, n, ends);
      w += n; follow = pos + n;
    } else {
      if (!op || op > outLen - w || op > <u32>(dEnd - d)) return -1;
      if (!whole) noteNew(out, w, w + op);
      copyOver(out + w, d, op);
      d += op; w += op;
      follow = 0xffffffff; // whatever comes next is a seam
    }
  }
  if (w != outLen) return -1;
  if (!whole) {
    if (follow != baseLen) noteNew(out, outLen, outLen);
    lookNarrow(out, min(narrowTo, outLen));
    lookWide(out, min(wideTo, outLen));
    hotTo = min(hotTo, outLen);
  }
  return 0;
}
