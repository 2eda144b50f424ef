// Notes which objects commits, trees and tags name that this pack does not hold. Neighbouring trees name mostly the same
// ones, so what was looked up last is remembered in a small table.
import { hasOid, nearTo } from "./find-id";
import { COMMIT, plan, TAG, thread } from "./plan";

export const ID: u32 = 20;
const HEX: u32 = 40;
/** Room for an id. */
const CELL: u32 = 32;
const CELLS: u32 = 1 << 14;
/** Behind the cells: an id that is being read, and those that wait to be looked up. */
const AHEAD: u32 = (CELLS + 1) * CELL;
const MAX_WAITING: u32 = 128;
let waiting: u32 = 0;
/** In the place of a number: not all could be noted. */
export const UNCERTAIN: u32 = 0xffffffff;

/** Of a commit or a tag. */
export function noteReferences(type: u32, data: usize, len: u32): void {
  if (type == TAG) noteLine(data, len, 7); //                 "object "
  else if (type == COMMIT) {
    let at = noteLine(data, len, 5); //                       "tree "
    while (at && at + 7 < len && load<u32>(data + at) == 0x65726170) { // "pare", of "parent "
      at += noteLine(data + at, len - at, 7);
    }
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

export function noteId(id: usize): void {
  const cell = thread.seen + (load<u32>(id) & (CELLS - 1)) * CELL;
  if (load<u32>(cell, 16) == load<u32>(id, 16) && !v128.any_true(v128.xor(v128.load(cell), v128.load(id)))) return;
  copyId(cell, id);
  copyId(thread.seen + AHEAD + waiting * CELL, id);
  if (++waiting == MAX_WAITING) lookUp();
}

@inline
function copyId(to: usize, id: usize): void {
  store<u64>(to, load<u64>(id)); store<u64>(to, load<u64>(id, 8), 8); store<u32>(to, load<u32>(id, 16), 16);
}

/** Looks up the ids that wait. What lies far apart in memory is fetched for all of them at once. */
export function lookUp(): void {
  const ids = thread.seen + AHEAD;
  for (let i: u32 = 0; i < waiting; i++) store<u32>(ids + i * CELL, nearTo(ids + i * CELL), ID);
  let fetched: u32 = 0;
  for (let i: u32 = 0; i < waiting; i++) fetched += load<u8>(plan.idx + load<u32>(ids + i * CELL, ID));
  store<u32>(ids, fetched, ID); // or nothing would be fetched
  for (let i: u32 = 0; i < waiting; i++) if (!hasOid(ids + i * CELL)) noteAbsent(ids + i * CELL);
  waiting = 0;
}

function noteAbsent(id: usize): void {
  if (thread.absentCount == UNCERTAIN) return;
  if (thread.absentCount >= thread.absentRoom) { thread.absentCount = UNCERTAIN; return; }
  copyId(thread.absent + thread.absentCount * ID, id);
  thread.absentCount++;
}
