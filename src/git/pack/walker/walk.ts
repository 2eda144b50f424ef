// Visits every version in a pack once, parents before deltas, and flags those in which something is found. What is damaged,
// or does not fit, stays unvisited, with all that is built on it. Threads run this over one memory; each has an instance.
import { mayBeArchive, mayEndAsArchive } from "./archives";
import { applyDelta, BUILDING, hotFrom, hotTo, interest, isMarked, LOOKING, newFrom, newTo, PASSING } from "./delta";
import { hasEarlyZero, interestIn, markIn, mayBeWide, NOTHING, PERHAPS, SURELY, WHOLE } from "./filter";
import { inflateZlib } from "./inflate";
import { inflateInit, SLACK } from "./inflate-tables";
import { NO_MARK } from "./keywords";
import { BLOB, bind, FLAGGED, obj, OPENED, Plan, plan, ROOT, thread } from "./plan";
import { noteReferences } from "./references";
import { initRuns } from "./runs";

export { link, sortIndex } from "./link";

/** Asks the program whether some bytes, the whole of a version or a part, hold anything that is looked for. */
@external("env", "judge")
declare function judge(data: usize, len: u32, isWhole: bool): bool;

/** Asks the program to open what may be an archive, and whether that needs a closer look. */
@external("env", "judgeArchive")
declare function judgeArchive(data: usize, len: u32): bool;

/** A materialised version on the current path from root to leaf: whether it has a hit, and whether it may hold a keyword. */
@unmanaged class Frame { data: usize; len: u32; child: u32; isHit: bool; isMarked: bool; }
const FRAME: u32 = 16;
export const DEPTH: u32 = 4200; // git allows delta chains up to 4095

let packEnd: usize = 0, arenaEnd: usize = 0;

/** Once in each thread, before anything else. */
export function attach(planAt: usize, threadAt: usize): void {
  bind(planAt, threadAt);
  packEnd = plan.pack + plan.packLen - 20;
  arenaEnd = thread.arena + thread.arenaLen;
  inflateInit(thread.workspace);
  initRuns();
}

/** What this thread took and did not come to yet; the type of the tree of deltas that it is in, 0 where in none, and how deep. */
let taken: u32 = 0, takenEnd: u32 = 0;
let openType: u32 = 0, depth: u32 = 0;
/** An archive was opened, which may take long: the program has its turn before the walk goes on. */
let isTurnOver: bool = false;

/** Walks the trees of deltas that start among the next `batch` entries, or a part of that; 0 when nothing is left. Short calls let the engine swap in optimised code. */
export function step(batch: u32): i32 {
  isTurnOver = false;
  if (!openType && taken >= takenEnd) {
    taken = atomic.add<u32>(changetype<usize>(plan) + offsetof<Plan>("next"), batch);
    takenEnd = min(taken + batch, plan.count);
    if (taken >= plan.count) return 0;
  }
  if (openType) descend(openType);
  while (!isTurnOver && taken < takenEnd) {
    const i = taken++, mark = obj(i).sibling;
    if (mark >= ROOT) walk(i, mark - ROOT);
    if (openType) descend(openType);
  }
  return 1;
}

@inline
function frame(depth: u32): Frame { return changetype<Frame>(thread.stack + depth * FRAME); }

@inline
function pad(n: u32): u32 { return (n + SLACK + 15) & ~15; }

function walk(root: u32, type: u32): void {
  const r = obj(root), len = r.size, arena = thread.arena;
  if (<u64>len + SLACK * 2 > <u64>(arenaEnd - arena)) return;
  if (inflateZlib(thread.workspace, r.data, packEnd, arena, len, 1) < 0) return;
  if (type != BLOB) noteReferences(type, arena, len, 0, len);
  const isHit = hasHit(arena, len);
  note(root, type, isHit, arena, len);
  if (!r.child) return;
  const f = frame(0);
  f.data = arena; f.len = len; f.child = r.child; f.isHit = isHit; f.isMarked = hasMark;
  openType = type; depth = 0;
}

function descend(type: u32): void {
  while (!isTurnOver) {
    const f = frame(depth);
    if (!f.child) {
      if (depth == 0) { openType = 0; return; }
      depth--;
      continue;
    }
    const k = f.child - 1, o = obj(k);
    f.child = o.sibling;
    const out = f.data + pad(f.len);
    const isWhole = f.isHit || !plan.reach, isPassing = !isWhole && type == BLOB && !o.child;
    const len = materialise(k, f, out, isWhole ? BUILDING : isPassing ? PASSING : LOOKING);
    if (len == FAILED) continue;
    if (type != BLOB) noteReferences(type, out, len, isWhole ? 0 : newFrom, isWhole ? len : newTo);
    if (isPassing && needsAll(out, len)) materialise(k, f, out, BUILDING);
    const isLookedThrough = isWhole || mayBeWide(out, len);
    const isHit = isLookedThrough ? hasHit(out, len) : hasHotHit(out, len);
    note(k, type, isHit, out, len);
    if (!o.child || depth + 1 >= DEPTH) continue;
    depth++;
    const g = frame(depth);
    g.data = out; g.len = len; g.child = o.child; g.isHit = isHit;
    g.isMarked = isLookedThrough ? hasMark : isMarked;
  }
}

/** Whether more of a version matters than what is near to its changes. */
function needsAll(data: usize, len: u32): bool {
  return interest == PERHAPS || len > WHOLE || hasEarlyZero(data, len) || mayEndAsArchive(data, len);
}

function note(object: u32, type: u32, isHit: bool, data: usize, len: u32): void {
  let flag = isHit ? FLAGGED : 0;
  if (!isHit && type == BLOB && mayBeArchive(data, len)) {
    flag = judgeArchive(data, len) ? FLAGGED : OPENED;
    isTurnOver = true;
  }
  store<u8>(plan.types + object, type | flag);
}

/** Whether the version that was last looked at whole may hold a keyword; if it has a hit, that does not matter. */
let hasMark: bool = false;

/** In the whole of a version. */
function hasHit(data: usize, len: u32): bool {
  const found = interestIn(data, 0, len);
  if (found == SURELY) return true;
  hasMark = markIn(data, 0, len) != NO_MARK;
  return (found == PERHAPS || hasMark || mayBeWide(data, len)) && judge(data, len, true);
}

/** Whether a content from elsewhere may hold something as it stands there (1: a value, 2: what draws attention): text of two bytes a character comes made narrow. */
export function mayHold(data: usize, len: u32): u32 {
  const found = interestIn(data, 0, len);
  if (found == SURELY) return 1;
  return found == PERHAPS || markIn(data, 0, len) != NO_MARK ? 2 : 0;
}

/** In what a delta changed. */
function hasHotHit(data: usize, len: u32): bool {
  return interest == SURELY || interest == PERHAPS && judge(data + hotFrom, hotTo - hotFrom, hotTo - hotFrom == len);
}

const FAILED: u32 = 0xffffffff;
let cursor: usize = 0;

function varint(): u32 {
  let v: u32 = 0, shift: u32 = 0, c: u32;
  do { c = load<u8>(cursor++); v |= (c & 127) << shift; shift += 7; } while (c & 128 && shift < 35);
  return v;
}

/** Inflates a delta and builds its version at `out`; the version's length, or FAILED. */
function materialise(k: u32, base: Frame, out: usize, how: u32): u32 {
  const o = obj(k), deltaLen = o.size;
  if (<u64>deltaLen + SLACK > <u64>thread.deltaLen) return FAILED;
  if (inflateZlib(thread.workspace, o.data, packEnd, thread.delta, deltaLen, 1) < 0) return FAILED;
  cursor = thread.delta;
  const expected = varint(), len = varint();
  if (expected != base.len) return FAILED;
  if (out > arenaEnd || <u64>len + SLACK * 2 > <u64>(arenaEnd - out)) return FAILED;
  const end = thread.delta + deltaLen;
  return applyDelta(base.data, base.len, cursor, end, out, len, how, base.isMarked) < 0 ? FAILED : len;
}
