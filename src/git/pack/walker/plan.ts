// What the program and this module share: structures in memory, field by field as `../memory-plan.ts` writes them.

@unmanaged export class Plan {
  pack: usize; packLen: u32;
  idx: usize; count: u32;
  objects: usize; //     Obj[count], in pack order
  offsets: usize; //     u32[count]: pack offset, sorted
  order: usize; //       u32[count]: pack order -> idx order
  inverse: usize; //     u32[count]: idx order -> pack order
  pages: usize; //       u32[packLen / 4096 + 2]: first object starting at or after each page
  scratch: usize; //     u32[2 * count + 2048]
  idPlaces: usize; //    u32[2 ** (32 - idShift) + 1]: first id, in the order of ids, that begins with those bits or higher ones
  idShift: u32;
  types: usize; //       u8[count]: type of what was visited, and FLAGGED or OPENED; 0 = not visited, or not to be understood
  reach: u32; //         0: look at every version whole
  patternReach: u32; //  a pattern or word that holds a changed byte is within so many bytes of it
  markReach: u32; //     and a keyword that does, with what must stand behind it
  wordReach: u32; //     and a keyword alone
  contextReach: u32; //  and a keyword on whose surroundings it decides
  hasWords: u32;
  leastRun: u32; //      shorter runs of base64 are of no interest; 0: none is
  leastKey: u32; //      length of the shortest key; 0 without keys
  wordLengths: usize; // u8[MAX_WORD + 1]: 1 = words of that length are of interest
  keywordTables: usize; keywordStarts: usize;
  indexes: usize; indexCount: u32; //  GramTables[]
  keys: usize; keyCount: u32; //       KeyTables[]
  keywords: usize; keywordCount: u32;
  next: u32; //          next object to be claimed by a thread
}

/** What each thread has for itself. */
@unmanaged export class Thread {
  workspace: usize; stack: usize;
  arena: usize; arenaLen: u32;
  delta: usize; deltaLen: u32;
  undo: usize; undoLen: u32; //  what changes in place overwrote
  names: usize; //      texts of entries of trees that hold nothing
  seen: usize; //       ids that were looked up last, and room for one more
  absent: usize; absentRoom: u32; absentCount: u32; // ids that are named and not in the pack
}

/** One pack entry. */
@unmanaged export class Obj {
  data: usize; //   address of the zlib stream
  size: u32; //     inflated size (of the delta, for deltas)
  child: u32; //    1 + first delta made against this entry, 0 = none
  sibling: u32; //  1 + next delta of the same base; ROOT + type for a start point
}
export const OBJ: u32 = 16;
/** A sibling from here on means: a start point, of the type that is on top. */
export const ROOT: u32 = 0xfffffff0;
export const NOWHERE: u32 = 0xffffffff;

export const COMMIT: u32 = 1;
export const TREE: u32 = 2;
export const BLOB: u32 = 3;
export const TAG: u32 = 4;
/** Beside the type: the program must have a closer look. */
export const FLAGGED: u32 = 8;
/** Beside the type: an archive in which the program found nothing. */
export const OPENED: u32 = 16;

/** Words longer than this are of no interest to the filter. */
export const MAX_WORD: u32 = 1023;

/** A filter and its patterns: what `GramIndex` of src/match holds. */
@unmanaged export class GramTables {
  gram: u32; stride: u32;
  filter: usize; filterShift: u32;
  buckets: usize; bucketShift: u32;
  entries: usize; members: usize;
  starts: usize; bytes: usize;
}
export const GRAM_TABLES: u32 = 40;

/** Many keys: what `KeyIndex` of src/match holds. */
@unmanaged export class KeyTables {
  minLength: u32; stride: u32;
  filter: usize; filterShift: u32;
  buckets: usize; bucketShift: u32;
  entries: usize;
  starts: usize; bytes: usize;
  isRun: u32; //        1: all bytes are letters and digits
}
export const KEY_TABLES: u32 = 40;

// Variables of the module are private to a thread; what threads share is reached through the plan.
export let plan: Plan = changetype<Plan>(0);
export let thread: Thread = changetype<Thread>(0);
export function bind(planAt: usize, threadAt: usize): void {
  plan = changetype<Plan>(planAt);
  thread = changetype<Thread>(threadAt);
}

@inline
export function obj(i: u32): Obj { return changetype<Obj>(plan.objects + i * OBJ); }
