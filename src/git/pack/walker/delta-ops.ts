// The instructions of a delta, one by one.

/** The last one: whether it copies from the base, from where there, how much, and where an insert's bytes stand. */
export let isCopy: bool = false;
export let opFrom: u32 = 0;
export let opLen: u32 = 0;
export let insertAt: usize = 0;

/** Reads the instruction at `d`; where the next one is, or 0 when it is none. */
export function readOp(d: usize, dEnd: usize): usize {
  const op = <u32>load<u8>(d++);
  isCopy = op >= 128;
  if (!isCopy) {
    insertAt = d;
    opLen = op;
    return op && op <= <u32>(dEnd - d) ? d + op : 0;
  }
  let from: u32 = 0, n: u32 = 0;
  if (op & 1) from = load<u8>(d++);
  if (op & 2) from |= <u32>load<u8>(d++) << 8;
  if (op & 4) from |= <u32>load<u8>(d++) << 16;
  if (op & 8) from |= <u32>load<u8>(d++) << 24;
  if (op & 16) n = load<u8>(d++);
  if (op & 32) n |= <u32>load<u8>(d++) << 8;
  if (op & 64) n |= <u32>load<u8>(d++) << 16;
  opFrom = from;
  opLen = n ? n : 0x10000;
  return d;
}
