// Visits every version in a pack once, parents before deltas, and flags those in which something is found. What is damaged,
// or does not fit, stays unvisited, with all that is built on it. Threads run this over one memory; each has an instance.
import { mayBeArchive } from "./archives";
import { applyDelta, hotFrom, hotTo, interest } from "./delta";
import { interestIn, mayBeWide, NOTHING, PERHAPS, SURELY, WHOLE } from "./filter";
import { inflateZlib } from "./inflate";
import { inflateInit, SLACK } from "./inflate-tables";
import { BLOB, bind, FLAGGED, obj, Plan, plan, ROOT, thread } from "./plan";
import { noteReferences } from "./references";

export { link, sortIndex } from "./link";

/** Asks the program whether some bytes, the whole of a version or a part, hold anything that is looked for. */
@external("env", "judge")
declare function judge(data: usize, len: u32, isWhole: bool): bool;

/** A materialised version on the current path from root to leaf. */
@unmanaged class Frame { data: usize; len: u32; child: u32; isHit: bool; }
const FRAME: u32 = 16;
export const DEPTH: u32 = 4200; // git allows delta chains up to 4095

let packEnd: usize = 0, arenaEnd: usize = 0;

/** Once in each thread, before anything else. */
export function attach(planAt: usize, threadAt: usize): void {
  bind(planAt, threadAt);
  packEnd = plan.pack + plan.packLen - 20;
  arenaEnd = thread.arena + thread.arenaLen;
  inflateInit(thread.workspace);
}

/** Takes `batch` entries and walks the trees of deltas that start among them; 0 when nothing is left. Short calls let the engine swap in optimised code. */
export function step(batch: u32): i32 {
  const from = atomic.add<u32>(changetype<usize>(plan) + offsetof<Plan>("next"), batch);
  if (from >= plan.count) return 0;
  const to = min(from + batch, plan.count);
  for (let i = from; i < to; i++) {
    const mark = obj(i).sibling;
    if (mark >= ROOT) walk(i, mark - ROOT);
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
  if (type != BLOB) noteReferences(type, arena, len);
  const isHit = hasHit(arena, len);
  note(root, type, isHit || type == BLOB && mayBeArchive(arena, len));
  if (!r.child) return;
  const f = frame(0);
  f.data = arena; f.len = len; f.child = r.child; f.isHit = isHit;
  descend(type);
}

function descend(type: u32): void {
  let depth: u32 = 0;
  for (;;) {
    const f = frame(depth);
    if (!f.child) {
      if (depth == 0) return;
      depth--;
      continue;
    }
    const k = f.child - 1, o = obj(k);
    f.child = o.sibling;
    const out = f.data + pad(f.len);
    const isWhole = f.isHit || !plan.reach;
    const isPassing = type == BLOB && !o.child;
    let len = materialise(k, f.data, f.len, out, isWhole, isPassing);
    if (len == FAILED) continue;
    if (type != BLOB) noteReferences(type, out, len);
    const isLookedThrough = isWhole || mayBeWide(out, len);
    if (isPassing && isLookedThrough && !isWhole) len = materialise(k, f.data, f.len, out, true, false);
    const isHit = isLookedThrough ? hasHit(out, len) : hasHotHit(out);
    note(k, type, isHit || type == BLOB && mayBeArchive(out, len));
    if (!o.child || depth + 1 >= DEPTH) continue;
    depth++;
    const g = frame(depth);
    g.data = out; g.len = len; g.child = o.child; g.isHit = isHit;
  }
}

function note(object: u32, type: u32, isHit: bool): void {
  store<u8>(plan.types + object, isHit ? type | FLAGGED : type);
}

/** In the whole of a version. */
function hasHit(data: usize, len: u32): bool {
  const found = interestIn(data, 0, len);
  if (found == SURELY) return true;
  return (found == PERHAPS || mayBeWide(data, len)) && judge(data, len, true);
}

/** Whether a content from elsewhere may hold something as it stands there: text of two bytes a character comes made narrow. */
export function mayHold(data: usize, len: u32): bool {
  return interestIn(data, 0, len) != NOTHING;
}

/** In what a delta changed. */
function hasHotHit(data: usize): bool {
  return interest == SURELY || interest == PERHAPS && judge(data + hotFrom, hotTo - hotFrom, false);
}

const FAILED: u32 = 0xffffffff;
let cursor: usize = 0;

function varint(): u32 {
  let v: u32 = 0, shift: u32 = 0, c: u32;
  do { c = load<u8>(cursor++); v |= (c & 127) << shift; shift += 7; } while (c & 128 && shift < 35);
  return v;
}

/** Inflates a delta and builds its version at `out`; the version's length, or FAILED. */
function materialise(k: u32, base: usize, baseLen: u32, out: usize, whole: bool, isPassing: bool): u32 {
  const o = obj(k), deltaLen = o.size;
  if (<u64>deltaLen + SLACK > <u64>thread.deltaLen) return FAILED;
  if (inflateZlib(thread.workspace, o.data, packEnd, thread.delta, deltaLen, 1) < 0) return FAILED;
  cursor = thread.delta;
  const expected = varint(), len = varint();
  if (expected != baseLen) return FAILED;
  if (out > arenaEnd || <u64>len + SLACK * 2 > <u64>(arenaEnd - out)) return FAILED;
  // Large ones are looked through for zeros.
  if (applyDelta(base, baseLen, cursor, thread.delta + deltaLen, out, len, whole, isPassing && len <= WHOLE) < 0) return FAILED;
  return len;
}
