import type { Entry } from './entry.js';
import { inflate } from './inflate.js';

// PKWARE's APPNOTE 6.3.10, sections 4.3.7 (local header), 4.3.12 (directory), 4.3.16 (its end).
const LOCAL = 0x04034b50;
const DIRECTORY = 0x02014b50;
const END = 0x06054b50;
const LOCAL_BYTES = 30;
const DIRECTORY_BYTES = 46;
const END_BYTES = 22;
const MAX_COMMENT = 0xffff;
const ENCRYPTED = 1;
const STORED = 0;
const DEFLATED = 8;

/** Zip, jar, office documents and apps. Of the directory's numbers only places count; all are checked against the bytes. */
export function* unpackZip(bytes: Buffer): Generator<Entry> {
  const end = endOf(bytes);
  if (end === undefined) {
    yield { name: '', bytes: undefined, gap: 'damaged' };
    return;
  }
  let at = bytes.readUInt32LE(end + 16);
  while (at + DIRECTORY_BYTES <= end && bytes.readUInt32LE(at) === DIRECTORY) {
    const nameEnd = at + DIRECTORY_BYTES + bytes.readUInt16LE(at + 28);
    const name = bytes.toString('utf8', at + DIRECTORY_BYTES, nameEnd);
    const packedBytes = bytes.readUInt32LE(at + 20);
    const isFolder = name.endsWith('/') && packedBytes === 0;
    if (!isFolder) yield { name, ...contentOf(bytes, at) };
    at = nameEnd + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  // What stands between two entries, or larger numbers than 32 bits, is not understood.
  if (at !== end) yield { name: '', bytes: undefined, gap: 'damaged' };
}

/** The last place that looks like the directory's end. */
function endOf(bytes: Buffer): number | undefined {
  const first = Math.max(0, bytes.length - END_BYTES - MAX_COMMENT);
  for (let at = bytes.length - END_BYTES; at >= first; at -= 1) {
    if (bytes.readUInt32LE(at) === END) return at;
  }
  return undefined;
}

/** @param at where the directory speaks of the entry. */
function contentOf(bytes: Buffer, at: number): Omit<Entry, 'name'> {
  const damaged = { bytes: undefined, gap: 'damaged' } as const;
  const packedBytes = bytes.readUInt32LE(at + 20);
  const local = bytes.readUInt32LE(at + 42);
  if (local + LOCAL_BYTES > bytes.length || bytes.readUInt32LE(local) !== LOCAL) return damaged;
  if ((bytes.readUInt16LE(at + 8) & ENCRYPTED) !== 0) return { bytes: undefined, gap: 'encrypted' };
  const from = local + LOCAL_BYTES + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
  if (from + packedBytes > bytes.length) return damaged;
  const packed = bytes.subarray(from, from + packedBytes);
  const method = bytes.readUInt16LE(at + 10);
  if (method === STORED) return { bytes: packed };
  return method === DEFLATED ? inflate('deflate', packed) : { bytes: undefined, gap: 'unknown method' };
}
