// Applies a delta and finds out what is new in its result.
//
// Bytes of a result come from insert instructions or from copies out of the base. A match that touches no insert and
// no seam between two copies lies inside one copied piece, so the base has it too. Hence only inserts and seams are
// looked at, with what is near enough to matter, and the file's start and end where they moved. For patterns and words
// that is as far as the longest of them goes, and for keywords too, as long as the base has none; what stands around a
// keyword counts as well, so that where the base has one, all is looked at from which it can be reached. A result whose
// base had a hit is looked at whole instead.
import { interestIn, markIn, NOTHING, PERHAPS, SURELY } from "./filter";
import { ENCODED_MARK, setBare } from "./keywords";
import { plan } from "./plan";

/** The part of the last result that decides whether there is a hit, and how much of interest is there. */
export let hotFrom: u32 = 0;
export let hotTo: u32 = 0;
export let interest: u32 = NOTHING;
/** Whether the last result may hold a keyword. */
export let isMarked: bool = false;
/** From the first byte of the last result that is new to the last one. */
export let newFrom: u32 = 0;
export let newTo: u32 = 0;

/** What is near to the last changes, and was not looked at yet. */
let narrowFrom: u32 = 0, narrowTo: u32 = 0, markFrom: u32 = 0, markTo: u32 = 0, markReach: u32 = 0;

@inline
function copyOver(to: usize, from: usize, n: u32): void { // may write up to 15 bytes too many
  if (n > 512) { memory.copy(to, from, n); return; }
  for (let i: u32 = 0; i < n; i += 16) v128.store(to + i, v128.load(from + i));
}

/** A copied piece, with `before` bytes in front of it; where nobody will look at its middle, only its ends. */
@inline
function copyPiece(to: usize, from: usize, n: u32, ends: u32, before: u32): void {
  if (n >>> 1 <= ends) { copyOver(to, from, n); return; }
  const first = before >= BEGINNING ? ends : min(n, max(ends, BEGINNING - before));
  copyOver(to, from, first);
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
  if (before(from, markReach) > markTo) {
    lookForMarks(out, markTo);
    markFrom = before(from, markReach);
  }
  markTo = to + markReach;
  newFrom = min(newFrom, from);
  newTo = to;
}

function lookNarrow(out: usize, to: u32): void {
  if (to <= narrowFrom || interest == SURELY) return;
  const found = interestIn(out, narrowFrom, to);
  if (found) noteHot(narrowFrom, to, found);
}

function lookForMarks(out: usize, to: u32): void {
  if (to <= markFrom || interest == SURELY) return;
  const found = markIn(out, markFrom, to);
  if (!found) return;
  isMarked = true;
  // How encoded text is cut depends on all that stands around it.
  if (found == ENCODED_MARK) noteHot(0, WHOLE_PIECES, PERHAPS);
  else noteHot(markFrom, to, PERHAPS);
}

/** A keyword at the edge of what was looked at has a context beyond it. */
function noteHot(from: u32, to: u32, found: u32): void {
  hotFrom = interest ? min(hotFrom, before(from, plan.contextReach)) : before(from, plan.contextReach);
  hotTo = max(hotTo, to + plan.contextReach);
  interest = found;
}

/** A result that is looked at whole has no ends: each of its pieces is copied whole. */
const WHOLE_PIECES: u32 = 0x7fffffff;
/** So much of a result's beginning is always there: a tar archive is known by it. */
const BEGINNING: u32 = 512;

/** How a result is built. */
export const LOOKING: u32 = 0; //  and looked through for what is new
/** As LOOKING; nothing else is made from it: what is too far from all changes to matter is not even copied. */
export const PASSING: u32 = 1;
export const BUILDING: u32 = 2; // and nothing else

/**
 * Builds the result at `out`, and finds its hot part unless told to do nothing else: then what was found before stays. 0,
 * or -1 for a malformed delta.
 * @param marked whether the base may hold a keyword
 * @param bare whether it may hold one that lacks what must stand behind it
 */
export function applyDelta(base: usize, baseLen: u32, d: usize, dEnd: usize, out: usize, outLen: u32, how: u32, marked: bool, bare: bool): i32 {
  const isLooking = how != BUILDING;
  if (isLooking) begin(marked, bare);
  const ends = how == PASSING ? max(plan.patternReach, markReach) : WHOLE_PIECES;
  let w: u32 = 0; //      bytes written
  let follow: u32 = 0; // base position that continues the last copy (0: start of file)
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
      if (isLooking && pos != follow) noteNew(out, w, w); // a seam
      copyPiece(out + w, base + pos, n, ends, w);
      w += n; follow = pos + n;
    } else {
      if (!op || op > outLen - w || op > <u32>(dEnd - d)) return -1;
      if (isLooking) noteNew(out, w, w + op);
      copyOver(out + w, d, op);
      d += op; w += op;
      follow = 0xffffffff; // whatever comes next is a seam
    }
  }
  if (w != outLen) return -1;
  if (isLooking) finish(out, outLen, follow != baseLen);
  return 0;
}

function begin(marked: bool, bare: bool): void {
  isMarked = marked;
  setBare(bare);
  // Where no keyword waits for what must stand behind it, only new ones matter.
  markReach = marked ? plan.contextReach : bare ? plan.markReach : plan.wordReach;
  narrowFrom = narrowTo = markFrom = markTo = hotFrom = hotTo = newTo = 0;
  newFrom = 0xffffffff;
  interest = NOTHING;
}

function finish(out: usize, outLen: u32, hasMovedEnd: bool): void {
  if (hasMovedEnd) noteNew(out, outLen, outLen);
  lookNarrow(out, min(narrowTo, outLen));
  lookForMarks(out, min(markTo, outLen));
  hotTo = min(hotTo, outLen);
}
