// Looks through the entries of trees: which objects they name, and whether something that is looked for is in a name.
// Versions of a tree hardly differ, and mostly in ids, so that only the entries are looked at that a delta touched, and
// names that were looked at before are known again.
import { judge } from "./ask";
import { interestIn, markIn, NOTHING, PERHAPS, SURELY } from "./filter";
import { NO_MARK } from "./keywords";
import { thread } from "./plan";
import { ID, noteId } from "./references";

/** Where entries begin is written down for every so many bytes: where the first one begins that starts there or behind. */
const STEP: u32 = 8; // 256
export const MALFORMED: u32 = 0xffffffff;

/** Texts of entries in whose names nothing was found: their lengths, and the bytes. */
const CELL: u32 = 64;
const CELLS: u32 = 1 << 12;
const MIN_KNOWN: u32 = 8;
const MAX_KNOWN: u32 = 48;

/** Whether a name holds something, of those that were looked at since this was false. */
export let isTelling: bool = false;

export function begin(): void { isTelling = false; }

/** Bytes of the table of a tree's entries. */
@inline
export function tableBytes(len: u32): u32 { return ((len >>> STEP) + 2) * 4; }

/** The whole of a tree; MALFORMED when it is none. */
export function readTree(data: usize, len: u32): u32 {
  begin();
  for (let at: u32 = 0; at < len;) {
    const nul = nulFrom(data, at, len);
    if (!isEntry(nul, len)) return MALFORMED;
    readEntry(data, at, nul, at);
    at = nul + 1 + ID;
  }
  return 0;
}

/** Writes down where the entries of a tree begin; MALFORMED when it is none. */
export function placeEntries(data: usize, len: u32, table: usize): u32 {
  let next: u32 = 0;
  for (let at: u32 = 0; at < len;) {
    for (; next <= at >>> STEP; next++) store<u32>(table + 4 * next, at);
    const nul = nulFrom(data, at, len);
    if (!isEntry(nul, len)) return MALFORMED;
    at = nul + 1 + ID;
  }
  for (; next <= (len >>> STEP) + 1; next++) store<u32>(table + 4 * next, len);
  return 0;
}

/** Where the last entry known to the table begins that does so at `at` or before. */
export function entryBefore(table: usize, at: u32): u32 {
  let i = at >>> STEP;
  while (load<u32>(table + 4 * i) > at) i--;
  return load<u32>(table + 4 * i);
}

/** Where the first entry at or behind `to` begins, of those from the one that begins at `at`; MALFORMED when it is no tree. */
export function entryFrom(data: usize, len: u32, at: u32, to: u32): u32 {
  while (at < to) {
    const nul = nulFrom(data, at, len);
    if (!isEntry(nul, len)) return MALFORMED;
    at = nul + 1 + ID;
  }
  return at;
}

/**
 * Looks at entries from the one that begins at `at`, as far as [from, to) touches them. As {@link entryFrom}.
 * @param table unless it is 0: where entries must begin; MALFORMED where they do not
 */
export function readChanged(data: usize, len: u32, at: u32, from: u32, to: u32, table: usize): u32 {
  while (at < to) {
    const nul = nulFrom(data, at, len);
    if (!isEntry(nul, len)) return MALFORMED;
    const end = nul + 1 + ID;
    if (end > from) readEntry(data, at, nul, from);
    if (table && (at ^ end) >>> STEP && !isInTable(table, at, end)) return MALFORMED;
    at = end;
  }
  return at;
}

function isInTable(table: usize, before: u32, at: u32): bool {
  for (let i = (before >>> STEP) + 1; i <= at >>> STEP; i++) if (load<u32>(table + 4 * i) != at) return false;
  return true;
}

@inline
function isEntry(nul: u32, len: u32): bool { return nul < len && ID < len - nul; }

/** `<mode> <name>`, a NUL and an id; what is before `from` was looked at in another version. */
function readEntry(data: usize, at: u32, nul: u32, from: u32): void {
  if (load<u16>(data + at) != 0x3631) noteId(data + nul + 1); // 160000: a commit of another repository
  if (from <= nul && !isTelling && !isKnown(data + at, nul - at)) readName(data, at, nul);
}

function readName(data: usize, at: u32, nul: u32): void {
  let from = at;
  while (from < nul && load<u8>(data + from) != 32) from++;
  if (from == nul) { isTelling = true; return; } // no mode: the program may see something else in it
  from++;
  const found = interestIn(data, from, nul);
  if (found == SURELY) { isTelling = true; return; }
  const mayHold = found == PERHAPS || markIn(data, from, nul) != NO_MARK;
  if (mayHold && judge(data + from, nul - from, false)) { isTelling = true; return; }
  remember(data + at, nul - at);
}

/** The beginning and the end of a text tell its cell. */
@inline
function cellOf(text: usize, length: u32): usize {
  const mixed = load<u64>(text) * 0x9e3779b97f4a7c15 ^ load<u64>(text + length - 8) * 0xc2b2ae3d27d4eb4f;
  return thread.names + <u32>((mixed * 0x9e3779b97f4a7c15) >>> 52) * CELL;
}

function isKnown(text: usize, length: u32): bool {
  if (length < MIN_KNOWN || length > MAX_KNOWN) return false;
  const cell = cellOf(text, length), known = cell + 16;
  if (load<u32>(cell) != length) return false;
  if (length < 16) return load<u64>(known) == load<u64>(text) && load<u64>(known + length - 8) == load<u64>(text + length - 8);
  let differs = v128.or(differenceAt(known, text, 0), differenceAt(known, text, length - 16));
  if (length > 32) differs = v128.or(differs, differenceAt(known, text, 16));
  return !v128.any_true(differs);
}

@inline
function differenceAt(a: usize, b: usize, at: u32): v128 { return v128.xor(v128.load(a + at), v128.load(b + at)); }

function remember(text: usize, length: u32): void {
  if (length < MIN_KNOWN || length > MAX_KNOWN) return;
  const cell = cellOf(text, length);
  store<u32>(cell, length);
  for (let i: u32 = 0; i < MAX_KNOWN; i += 16) v128.store(cell + 16 + i, v128.load(text + i));
}

/** The next NUL from `at`, or a place behind the end. */
@inline
function nulFrom(data: usize, at: u32, len: u32): u32 {
  const zero = i8x16.splat(0);
  let zeros: i32 = 0;
  while (at < len && !(zeros = i8x16.bitmask(i8x16.eq(v128.load(data + at), zero)))) at += 16;
  return zeros ? at + ctz(zeros) : len;
}
