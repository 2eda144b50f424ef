// Reads one loose object: a zlib stream of its type, its size and its content. The program puts the file where deltas
// go otherwise, and finds the content where versions are built.
import { mayBeArchive } from "./archives";
import { interestIn, markIn, mayBeWide, NOTHING, SURELY } from "./filter";
import { inflateRaw, inflateZlib } from "./inflate";
import { NO_MARK } from "./keywords";
import { BLOB, COMMIT, TAG, thread, TREE } from "./plan";
import { lookUp, noteReferences, UNCERTAIN } from "./references";
import { isTelling, MALFORMED, readTree } from "./trees";

/** As much as holds the longest head, `commit` and a number. */
const HEAD: u32 = 48;
/** Digits of a size that is below 2 GB. */
const DIGITS: u32 = 9;

/** Of the object that was opened last: where its content lies and how long it is. */
let contentAt: usize = 0, contentLength: u32 = 0;

export function looseAt(): usize { return contentAt; }
export function looseLength(): u32 { return contentLength; }

/** Unpacks a file of `len` bytes, larger contents than `room` not; its type, or 0 where it is not to be understood, and git's to read. */
export function openLoose(len: u32, room: u32): u32 {
  const file = thread.delta, end = file + len, out = thread.arena;
  if (len < 8) return 0;
  peek(file, end, out);
  const type = typeOf(load<u32>(out));
  if (!type) return 0;
  let at: u32 = type == COMMIT ? 6 : type == TAG ? 3 : 4;
  if (!isNamed(out, type) || load<u8>(out + at++) != 32) return 0;
  let size: u32 = 0;
  const digits = at;
  for (let c: u32; (c = load<u8>(out + at)) != 0; at++) {
    if (c - 48 > 9 || at - digits >= DIGITS || (at > digits && !size)) return 0;
    size = size * 10 + c - 48;
  }
  if (at++ == digits || size > room) return 0;
  // All of it, and nothing behind it: git would complain.
  if (inflateZlib(thread.workspace, file, end, out, at + size, 1) != <i32>len) return 0;
  contentAt = out + at;
  contentLength = size;
  return type;
}

/** The beginning alone: what is unpacked so goes on behind it, and counts as damaged. */
function peek(file: usize, end: usize, out: usize): void {
  memory.fill(out, 0, HEAD + 1);
  const isStored = !(load<u8>(file, 2) & 6);
  if (isStored) memory.copy(out, file + 7, HEAD);
  else inflateRaw(thread.workspace, file + 2, end, out, HEAD);
  // No head is as long: reading it ends here at the latest.
  store<u8>(out + HEAD, 0);
}

function typeOf(first: u32): u32 {
  if (first == 0x626f6c62) return BLOB; // "blob"
  if (first == 0x65657274) return TREE;
  if (first == 0x6d6d6f63) return COMMIT;
  return (first & 0xffffff) == 0x676174 ? TAG : 0;
}

@inline
function isNamed(out: usize, type: u32): bool { return type != COMMIT || load<u16>(out, 4) == 0x7469; }

/** What `lookLoose` answers: one of the first three, and perhaps ARCHIVE besides. */
const CLEAN: u32 = 0;
const ASK: u32 = 1;
const FOUND: u32 = 2;
const ARCHIVE: u32 = 4;

/** Whether the opened object holds something, may hold something by what the program says, or may be an archive. What it names is noted. */
export function lookLoose(type: u32): u32 {
  if (type == TREE) {
    const isMalformed = readTree(contentAt, contentLength) == MALFORMED;
    if (isMalformed) thread.absentCount = UNCERTAIN;
    lookUp();
    return isMalformed || isTelling ? FOUND : CLEAN;
  }
  if (type != BLOB) {
    noteReferences(type, contentAt, contentLength);
    lookUp();
  }
  const found = interestIn(contentAt, 0, contentLength);
  if (found == SURELY) return FOUND;
  const archive = type == BLOB && mayBeArchive(contentAt, contentLength) ? ARCHIVE : 0;
  const isMarked = found != NOTHING || markIn(contentAt, 0, contentLength) != NO_MARK;
  return archive | (isMarked || mayBeWide(contentAt, contentLength) ? ASK : CLEAN);
}
