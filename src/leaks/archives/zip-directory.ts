// PKWARE's APPNOTE 6.3.10, sections 4.3.14 and 4.3.15 (larger numbers, and where they stand), 4.3.16 (the directory's end).
const END = Buffer.from('PK\x05\x06', 'latin1');
const END_BYTES = 22;
const MAX_COMMENT = 0xffff;
const DIRECTORY = 0x02014b50;
const LARGE_END = 0x06064b50;
const LARGE_END_BYTES = 56;
const LOCATOR = 0x07064b50;
const LOCATOR_BYTES = 20;

/** As many of the last bytes as may hold the directory's end. */
export const ZIP_TAIL_BYTES = END_BYTES + MAX_COMMENT;

/** Where the list of a zip's entries stands. */
export interface ZipDirectory {
  readonly from: number;
  readonly to: number;
  /** How far all is from where the archive says: a program that unpacks itself stands before it. */
  readonly shift: number;
}

/** By the last place that looks like its end; undefined when there is none, or its numbers lead out of the archive. */
export function zipDirectory(bytes: Buffer): ZipDirectory | undefined {
  const end = endOf(bytes);
  if (end === undefined) return undefined;
  const large = largeEnd(bytes, end);
  const to = large ?? end;
  const length =
    large === undefined ? bytes.readUInt32LE(end + 12) : Number(bytes.readBigUInt64LE(large + 40));
  const said = large === undefined ? bytes.readUInt32LE(end + 16) : Number(bytes.readBigUInt64LE(large + 48));
  const from = to - length;
  const isThere = from >= said && (from === to || bytes.readUInt32LE(from) === DIRECTORY);
  return isThere ? { from, to, shift: from - said } : undefined;
}

/** Whether a zip's directory ends where `tail`, the last bytes of a content, does. */
export const endsLikeZip = (tail: Buffer): boolean => endOf(tail) !== undefined;

function endOf(bytes: Buffer): number | undefined {
  if (bytes.length < END_BYTES) return undefined;
  const first = Math.max(0, bytes.length - ZIP_TAIL_BYTES);
  const at = bytes.subarray(first, bytes.length - END_BYTES + END.length).lastIndexOf(END);
  return at < 0 ? undefined : first + at;
}

/** Where the end with larger numbers stands: right before its locator, whatever that says. */
function largeEnd(bytes: Buffer, end: number): number | undefined {
  const locator = end - LOCATOR_BYTES;
  const at = locator - LARGE_END_BYTES;
  if (at < 0 || bytes.readUInt32LE(locator) !== LOCATOR) return undefined;
  return bytes.readUInt32LE(at) === LARGE_END ? at : undefined;
}
