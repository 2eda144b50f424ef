// Notes which objects commits, trees and tags name that this pack does not hold. Neighbouring trees name mostly the same
// ones, so what was looked up last is remembered in a small table.
import { findOid } from "./link";
import { COMMIT, NOWHERE, TAG, thread, TREE } from "./plan";

const ID: u32 = 20;
const HEX: u32 = 40;
const CELL: u32 = 32;
const CELLS: u32 = 1 << 14;
/** In the place of a number: not all could be noted. */
const UNCERTAIN: u32 = 0xffffffff;

/** In [from, to) something is new: what a tree names elsewhere, its base names too. */
export function noteReferences(type: u32, data: usize, len: u32, from: u32, to: u32): void {
  if (type == TREE) noteEntries(data, len, from, to);
  else if (type == TAG) noteLine(data, len, 7); //            "object "
  else if (type == COMMIT) {
    let at = noteLine(data, len, 5); //                       "tree "
    while (at && at + 7 < len && load<u32>(data + at) == 0x65726170) { // "pare", of "parent "
      at += noteLine(data + at, len - at, 7);
    }
  }
}

/** `<mode> <name>`, a NUL and an id each. */
function noteEntries(data: usize, len: u32, from: u32, to: u32): void {
  const zero = i8x16.splat(0);
  for (let at: u32 = 0; at < len && at <= to;) {
    const isGitlink = load<u16>(data + at) == 0x3631; // 160000: a commit of another repository
    let zeros: i32 = 0;
    while (at < len && !(zeros = i8x16.bitmask(i8x16.eq(v128.load(data + at), zero)))) at += 16;
    at += ctz(zeros) + 1;
    if (at >= len || ID > len - at) { thread.absentCount = UNCERTAIN; return; }
    at += ID;
    if (!isGitlink && at >= from) noteId(data + at - ID);
  }
}

/** A name of `before` bytes, an id in hex, a line feed; the length of all that. */
function noteLine(data: usize, len: u32, before: u32): u32 {
  if (len < before + HEX + 1) { thread.absentCount = UNCERTAIN; return 0; }
  const id = thread.seen + CELLS * CELL;
  for (let i: u32 = 0; i < ID; i++) {
    const high = digit(load<u8>(data + before + 2 * i)), low = digit(load<u8>(data + before + 2 * i + 1));
    store<u8>(id + i, high << 4 | low);
  }
  noteId(id);
  return before + HEX + 1;
}

@inline
function digit(c: u32): u32 { return c <= 57 ? c - 48 : c - 87; }

function noteId(id: usize): void {
  const cell = thread.seen + (load<u32>(id) & (CELLS - 1)) * CELL;
  if (load<u64>(cell) == load<u64>(id) && load<u64>(cell, 8) == load<u64>(id, 8) && load<u32>(cell, 16) == load<u32>(id, 16)) return;
  memory.copy(cell, id, ID);
  if (findOid(id) != NOWHERE || thread.absentCount == UNCERTAIN) return;
  if (thread.absentCount >= thread.absentRoom) { thread.absentCount = UNCERTAIN; return; }
  memory.copy(thread.absent + thread.absentCount * ID, id, ID);
  thread.absentCount++;
}
