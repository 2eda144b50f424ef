// Visits every version in a pack once, parents before deltas, and flags those in which something is found. What is damaged,
// or does not fit, stays unvisited, with all that is built on it. Threads run this over one memory; each has an instance.
import { mayBeArchive, mayEndAsArchive } from "./archives";
import { judge, judgeArchive } from "./ask";
import { applyDelta, BUILDING, hotFrom, hotTo, interest, isMarked, LOOKING, PASSING } from "./delta";
import { hasEarlyZero, interestIn, markIn, mayBeWide, PERHAPS, SURELY, WHOLE } from "./filter";
import { inflateZlib } from "./inflate";
import { inflateInit, SLACK } from "./inflate-tables";
import { isBare, NO_MARK, setBare } from "./keywords";
import { BLOB, bind, FLAGGED, obj, OPENED, Plan, plan, ROOT, thread, TREE } from "./plan";
import { lookUp, noteReferences, UNCERTAIN } from "./references";
import { initRuns } from "./runs";
import { change, forget, isInPlace, mayUnmake, readMoved, undone, unmake } from "./tree-versions";
import { isTelling, MALFORMED, placeEntries, readTree, tableBytes } from "./trees";

export { link, sortIndex } from "./link";

/**
 * A version on the current path from root to leaf, where room for the next one begins, whether it has a hit, and whether it
 * may hold a keyword, or one that lacks what must stand behind it. Of a tree, where the table of its entries is, if it has one, and how many changes were made before it.
 */
@unmanaged class Frame { data: usize; len: u32; child: u32; end: usize; table: usize; undo: u32; isHit: bool; isMarked: bool; isBare: bool; }
const FRAME: u32 = 28;
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
  if (openType) descend(openType);
  for (let looked: u32 = 0; !isTurnOver && looked < batch; looked++) {
    if (taken >= takenEnd && !take()) { lookUp(); return 0; }
    const i = taken++, mark = obj(i).sibling;
    if (mark >= ROOT) walk(i, mark - ROOT);
    if (openType) descend(openType);
  }
  return 1;
}

/** So few at a time that the threads come to their ends at nearly the same time. */
const TAKEN_AT_ONCE: u32 = 8;

function take(): bool {
  taken = atomic.add<u32>(changetype<usize>(plan) + offsetof<Plan>("next"), TAKEN_AT_ONCE);
  takenEnd = min(taken + TAKEN_AT_ONCE, plan.count);
  return taken < plan.count;
}

@inline
function frame(depth: u32): Frame { return changetype<Frame>(thread.stack + depth * FRAME); }

@inline
function pad(n: u32): u32 { return (n + SLACK + 15) & ~15; }

function walk(root: u32, type: u32): void {
  const r = obj(root), len = r.size, arena = thread.arena;
  if (<u64>len + SLACK * 2 > <u64>(arenaEnd - arena)) return;
  if (inflateZlib(thread.workspace, r.data, packEnd, arena, len, 1) < 0) return;
  if (type == TREE) {
    forget();
    readWhole(root, 0, arena, len);
    return;
  }
  if (type != BLOB) noteReferences(type, arena, len);
  const isHit = hasHit(arena, len);
  note(root, type, isHit, arena, len);
  if (r.child) push(type, 0, r.child, arena, len).isHit = isHit;
}

/** The version at `data`, of which others are made, comes to stand at a depth. */
function push(type: u32, at: u32, child: u32, data: usize, len: u32): Frame {
  const f = frame(at);
  f.data = data; f.len = len; f.child = child; f.end = data + pad(len); f.table = 0; f.undo = undone; f.isMarked = hasMark; f.isBare = isBare;
  openType = type; depth = at;
  return f;
}

function descend(type: u32): void {
  while (!isTurnOver) {
    const f = frame(depth);
    if (!f.child) {
      if (type == TREE) unmake(f.undo);
      if (depth == 0) { openType = 0; return; }
      depth--;
      continue;
    }
    const k = f.child - 1;
    f.child = obj(k).sibling;
    const len = openDelta(k, f.len);
    if (len == FAILED) continue;
    if (type == TREE) visitTree(k, f, len);
    else visitText(k, f, len, type);
  }
}

/** A commit, a blob or a tag. */
function visitText(k: u32, f: Frame, len: u32, type: u32): void {
  const child = obj(k).child, out = f.end;
  const isWhole = f.isHit || !plan.reach, isPassing = !isWhole && type == BLOB && !child;
  if (!build(f, out, len, isWhole ? BUILDING : isPassing ? PASSING : LOOKING)) return;
  if (type != BLOB) noteReferences(type, out, len);
  if (isPassing && needsAll(out, len)) build(f, out, len, BUILDING);
  const isLookedThrough = isWhole || mayBeWide(out, len);
  const isHit = isLookedThrough ? hasHit(out, len) : hasHotHit(out, len);
  note(k, type, isHit, out, len);
  if (!child || depth + 1 >= DEPTH) return;
  const g = push(type, depth + 1, child, out, len);
  g.isHit = isHit;
  if (!isLookedThrough) g.isMarked = isMarked;
}

function visitTree(k: u32, f: Frame, len: u32): void {
  const child = obj(k).child, out = f.end;
  const isWhole = f.isHit || !plan.reach || !f.table;
  if (!isWhole && isInPlace(deltaAt, deltaEnd, f.len, len) && mayUnmake(<u32>(deltaEnd - deltaAt))) {
    const undo = undone;
    if (change(f.data, len, f.table, deltaAt, deltaEnd)) {
      store<u8>(plan.types + k, isTelling ? TREE | FLAGGED : TREE);
      if (child && depth + 1 < DEPTH) {
        const end = f.end, table = f.table, g = push(TREE, depth + 1, child, f.data, len);
        g.isHit = isTelling; g.end = end; g.table = table; g.undo = undo;
      } else unmake(undo);
      return;
    }
    unmake(undo);
  }
  if (!build(f, out, len, BUILDING)) return;
  if (isWhole) readWhole(k, depth + 1, out, len);
  else tellTree(k, depth + 1, out, len, readMoved(out, len, f.data, f.len, f.table, deltaAt, deltaEnd) == MALFORMED);
}

function readWhole(k: u32, at: u32, data: usize, len: u32): void { tellTree(k, at, data, len, readTree(data, len) == MALFORMED); }

/** What is no tree is the program's to understand. */
function tellTree(k: u32, at: u32, data: usize, len: u32, isMalformed: bool): void {
  if (isMalformed) thread.absentCount = UNCERTAIN;
  const isHit = isMalformed || isTelling, child = obj(k).child;
  store<u8>(plan.types + k, isHit ? TREE | FLAGGED : TREE);
  if (!child || at >= DEPTH) return;
  const f = push(TREE, at, child, data, len), room = tableBytes(len);
  f.isHit = isHit;
  if (isHit || <u64>room > <u64>(arenaEnd - f.end) || placeEntries(data, len, f.end) == MALFORMED) return;
  f.table = f.end;
  f.end += room;
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
  setBare(false);
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

/** The instructions of the delta that was opened last. */
let deltaAt: usize = 0, deltaEnd: usize = 0;

/** Inflates a delta; its version's length, or FAILED. */
function openDelta(k: u32, baseLen: u32): u32 {
  const o = obj(k), deltaLen = o.size;
  if (<u64>deltaLen + SLACK > <u64>thread.deltaLen) return FAILED;
  if (inflateZlib(thread.workspace, o.data, packEnd, thread.delta, deltaLen, 1) < 0) return FAILED;
  cursor = thread.delta;
  const expected = varint(), len = varint();
  deltaAt = cursor; deltaEnd = thread.delta + deltaLen;
  return expected == baseLen && deltaAt <= deltaEnd ? len : FAILED;
}

/** Builds the version of the delta that was opened last; whether that could be done. */
function build(base: Frame, out: usize, len: u32, how: u32): bool {
  if (out > arenaEnd || <u64>len + SLACK * 2 > <u64>(arenaEnd - out)) return false;
  return applyDelta(base.data, base.len, deltaAt, deltaEnd, out, len, how, base.isMarked, base.isBare) == 0;
}
