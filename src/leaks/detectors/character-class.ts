/** One byte a character: 1 = belongs to the class. */
export type CharacterClass = Uint8Array;

/** @param ranges as in a regular expression's brackets: `A-Za-z0-9_`; a hyphen at the end is itself. */
export function characterClass(ranges: string): CharacterClass {
  const members = new Uint8Array(256);
  for (let i = 0; i < ranges.length; i += 1) {
    const first = ranges.charCodeAt(i);
    const isRange = ranges[i + 1] === '-' && i + 2 < ranges.length;
    const last = isRange ? ranges.charCodeAt(i + 2) : first;
    members.fill(1, first, last + 1);
    if (isRange) i += 2;
  }
  return members;
}

/** The end (exclusive) of the run of members that begins at `from`, at most `limit` bytes long. */
export function runEnd(
  bytes: Uint8Array,
  from: number,
  members: CharacterClass,
  limit = bytes.length,
): number {
  const stop = Math.min(bytes.length, from + limit);
  let at = from;
  while (at < stop && members[bytes[at] ?? 0] === 1) at += 1;
  return at;
}

/** The start of the run of members that ends before `to`, at most `limit` bytes long. */
export function runStart(bytes: Uint8Array, to: number, members: CharacterClass, limit = to): number {
  const stop = Math.max(0, to - limit);
  let at = to;
  while (at > stop && members[bytes[at - 1] ?? 0] === 1) at -= 1;
  return at;
}

/** The bytes as text, one character a byte; what is outside of them is left out. */
export function textOf(bytes: Uint8Array, from: number, to: number): string {
  const [first, end] = [Math.max(0, from), Math.min(bytes.length, to)];
  if (first >= end) return '';
  return Buffer.from(bytes.buffer, bytes.byteOffset + first, end - first).toString('latin1');
}
