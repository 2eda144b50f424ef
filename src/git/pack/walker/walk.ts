// Visits every version in a pack once, parents before deltas, and shows those of interest to the program.
import { applyDelta, hotFrom, hotTo } from "./delta";
import { isAlwaysShown, isInteresting } from "./filter";
import { inflateZlib } from "./inflate";
import { inflateInit, SLACK } from "./inflate-tables";
import { bind, obj, plan, ROOT, TREE } from "./plan";

export { link, sortIndex } from "./link";

/** Shows the program a version, [from, to) of which is of interest; answers how many hits the whole has. */
@external("env", "show")
declare function show(object: u32, type: u32, data: usize, len: u32, from: u32, to: u32): u32;

/** A materialised version on the current path from root to leaf. */
@unmanaged class Frame { data: usize; len: u32; child: u32; hits: u32; }
const FRAME: u32 = 16;
export const DEPTH: u32 = 4200; // git allows delta chains up to 4095

let packEnd: usize = 0, arenaEnd: usize = 0;
let visited: u32 = 0, trees: u32 = 0, errors: u32 = 0, tooBig: u32 = 0;

/** Objects that were visited, that are trees (or deltas of trees), that are damaged, that did not fit. */
export function stat(i: i32): u32 { return i == 0 ? visited : i == 1 ? trees : i == 2 ? errors : tooBig; }

export function attach(at: usize): void {
  bind(at);
  packEnd = plan.pack + plan.packLen - 20;
  arenaEnd = plan.arena + plan.arenaLen;
  visited = trees = errors = tooBig = 0;
  inflateInit(plan.workspace);
}

/** Takes `batch` entries and walks the trees of deltas that start among them; 0 when nothing is left. Short calls let the engine swap in optimised code. */
export function step(batch: u32): i32 {
  const from = plan.next;
  if (from >= plan.count) return 0;
  const to = min(from + batch, plan.count);
  plan.next = to;
  for (let i = from; i < to; i++) {
    const mark = obj(i).sibling;
    if (mark < ROOT) continue;
    if (mark == ROOT + TREE) countTree(i);
    else walk(i, mark - ROOT);
  }
  return 1;
}

@inline
function frame(depth: u32): Frame { return changetype<Frame>(plan.stack + depth * FRAME); }

@inline
function pad(n: u32): u32 { return (n + SLACK + 15) & ~15; }

/** Counts a directory and its deltas without a look into them. */
function countTree(root: u32): void {
  trees++;
  store<u8>(plan.types + root, TREE);
  let depth: u32 = 0;
  frame(0).child = obj(root).child;
  for (;;) {
    const f = frame(depth);
    if (!f.child) {
      if (depth == 0) return;
      depth--;
      continue;
    }
    const k = f.child - 1;
    f.child = obj(k).sibling;
    trees++;
    store<u8>(plan.types + k, TREE);
    if (!obj(k).child) continue;
    if (depth + 1 >= DEPTH) { tooBig++; continue; }
    depth++;
    frame(depth).child = obj(k).child;
  }
}

function walk(root: u32, type: u32): void {
  const r = obj(root), len = r.size, arena = plan.arena;
  if (<u64>len + SLACK * 2 > <u64>(arenaEnd - arena)) { tooBig++; return; }
  if (inflateZlib(plan.workspace, r.data, packEnd, arena, len, 1) < 0) { errors++; return; }
  visited++;
  store<u8>(plan.types + root, type);
  const isShown = isAlwaysShown(arena, len) || isInteresting(arena, 0, len);
  const hits: u32 = isShown ? show(root, type, arena, len, 0, len) : 0;
  if (!r.child) return;
  const f = frame(0);
  f.data = arena; f.len = len; f.child = r.child; f.hits = hits;
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
    const len = materialise(k, f.data, f.len, out, f.hits > 0 || !plan.reach);
    if (len == FAILED) continue;
    visited++;
    store<u8>(plan.types + k, type);
    const hits = showVersion(k, type, out, len, f.hits > 0);
    if (!o.child) continue;
    if (depth + 1 >= DEPTH) { tooBig++; continue; }
    depth++;
    const g = frame(depth);
    g.data = out; g.len = len; g.child = o.child; g.hits = hits;
  }
}

function showVersion(k: u32, type: u32, out: usize, len: u32, baseHasHits: bool): u32 {
  if (baseHasHits || isAlwaysShown(out, len)) return show(k, type, out, len, 0, len);
  if (!plan.reach) return isInteresting(out, 0, len) ? show(k, type, out, len, 0, len) : 0;
  return hotTo > hotFrom ? show(k, type, out, len, hotFrom, hotTo) : 0;
}

const FAILED: u32 = 0xffffffff;
let cursor: usize = 0;

function varint(): u32 {
  let v: u32 = 0, shift: u32 = 0, c: u32;
  do { c = load<u8>(cursor++); v |= (c & 127) << shift; shift += 7; } while (c & 128 && shift < 35);
  return v;
}

/** Inflates a delta and builds its version at `out`; the version's length, or FAILED. */
function materialise(k: u32, base: usize, baseLen: u32, out: usize, whole: bool): u32 {
  const o = obj(k), deltaLen = o.size;
  if (<u64>deltaLen + SLACK > <u64>plan.deltaLen) { tooBig++; return FAILED; }
  if (inflateZlib(plan.workspace, o.data, packEnd, plan.delta, deltaLen, 1) < 0) { errors++; return FAILED; }
  cursor = plan.delta;
  const expected = varint(), len = varint();
  if (expected != baseLen) { errors++; return FAILED; }
  if (out > arenaEnd || <u64>len + SLACK * 2 > <u64>(arenaEnd - out)) { tooBig++; return FAILED; }
  if (applyDelta(base, baseLen, cursor, plan.delta + deltaLen, out, len, plan.reach, whole) < 0) { errors++; return FAILED; }
  return len;
}
