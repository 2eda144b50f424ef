// Versions of trees that a delta makes. Most deltas of trees change ids and move nothing: these are made in place, looked
// at, and unmade when all that is built on them was visited, so that a large tree is not copied for each small change.
import { insertAt, isCopy, opFrom, opLen, readOp } from "./delta-ops";
import { thread } from "./plan";
import { begin, entryBefore, entryFrom, MALFORMED, readChanged } from "./trees";

/** A change in place that was not unmade: bytes that stood there, how many, and where. */
const NOTE: u32 = 8;

/** Whether a delta makes a version of the same length and moves nothing. */
export function isInPlace(d: usize, dEnd: usize, baseLen: u32, len: u32): bool {
  if (len != baseLen) return false;
  let at: u32 = 0;
  while (d < dEnd) {
    d = readOp(d, dEnd);
    if (!d || opLen > len - at || isCopy && opFrom != at) return false;
    at += opLen;
  }
  return at == len;
}

/** Whether there is room to unmake what a delta of so many bytes does: an insert of one byte is two there, and nine here. */
export function mayUnmake(deltaBytes: u32): bool {
  return <u64>undone + 5 * <u64>deltaBytes <= thread.undoLen;
}

/** Where what is noted to be unmade ends. */
export let undone: u32 = 0;
export function forget(): void { undone = 0; }

/**
 * Makes a version in place and looks at the entries that became others; false where not only what is in them changed: then
 * all is to be unmade.
 */
export function change(data: usize, len: u32, table: usize, d: usize, dEnd: usize): bool {
  begin();
  let at: u32 = 0, from: u32 = 0, to: u32 = 0, first: u32 = 0, next: u32 = 0;
  while (d < dEnd) {
    d = readOp(d, dEnd);
    if (!isCopy) {
      if (at >= next) { // the entries that were touched before end here
        if (to && !look(data, len, table, first, from, to, next)) return false;
        from = at;
        first = max(next, entryBefore(table, at));
        next = first;
      }
      to = at + opLen;
      next = entryFrom(data, len, next, to);
      if (next == MALFORMED) return false;
      // What stands there is not needed to find the next entry any more.
      replace(data + at, insertAt, opLen);
    }
    at += opLen;
  }
  return !to || look(data, len, table, first, from, to, next);
}

function look(data: usize, len: u32, table: usize, first: u32, from: u32, to: u32, next: u32): bool {
  return readChanged(data, len, first, from, to, table) == next;
}

/** Notes what stood there, then how much that was, and where. */
function replace(at: usize, from: usize, n: u32): void {
  const note = thread.undo + undone;
  copyExactly(note, at, n);
  store<u32>(note + n, n);
  store<usize>(note + n, at, 4);
  undone += n + NOTE;
  copyExactly(at, from, n);
}

/** Unmakes all changes from `undo` on, the last ones first. */
export function unmake(undo: u32): void {
  while (undone > undo) {
    const note = thread.undo + undone - NOTE, n = load<u32>(note);
    copyExactly(load<usize>(note, 4), note - n, n);
    undone -= n + NOTE;
  }
}

@inline
function copyExactly(to: usize, from: usize, n: u32): void {
  let i: u32 = 0;
  for (; i + 8 <= n; i += 8) store<u64>(to + i, load<u64>(from + i));
  for (; i < n; i++) store<u8>(to + i, load<u8>(from + i));
}

/**
 * Looks at what is new in a version that was built beside its base: at entries that an insert or a seam touches, and at
 * those behind them, until they begin where those of the base do.
 * @param table where entries of the base begin
 * @returns MALFORMED when it is no tree
 */
export function readMoved(data: usize, len: u32, base: usize, baseLen: u32, table: usize, d: usize, dEnd: usize): u32 {
  begin();
  // Entries before `next` were seen, and those that end before `from` are the base's.
  let at: u32 = 0, next: u32 = 0, from: u32 = 0;
  while (d < dEnd) {
    d = readOp(d, dEnd);
    const end = at + opLen;
    if (isCopy && next <= end) {
      const moved = at - opFrom, last = opFrom + opLen;
      next = readChanged(data, len, next, from, at, 0);
      while (next < end && !isEntryOf(base, baseLen, table, next - moved)) next = readChanged(data, len, next, from, next + 1, 0);
      if (next == MALFORMED) return MALFORMED;
      if (next < end) next = max(next - moved, entryBefore(table, last)) + moved;
      from = end;
    }
    at = end;
  }
  return readChanged(data, len, next, from, len, 0) == MALFORMED ? MALFORMED : 0;
}

function isEntryOf(data: usize, len: u32, table: usize, at: u32): bool {
  return entryFrom(data, len, entryBefore(table, at), at) == at;
}
