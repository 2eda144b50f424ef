import { type ZipDirectory, zipDirectory } from './zip-directory.js';
import type { Entry } from './entry.js';
import { inflate } from './inflate.js';

// PKWARE's APPNOTE 6.3.10, sections 4.3.7 (local header), 4.3.12 (directory), 4.5.3 (larger numbers).
const LOCAL = 0x04034b50;
const DIRECTORY = 0x02014b50;
const LOCAL_BYTES = 30;
const DIRECTORY_BYTES = 46;
const LARGER_NUMBERS = 1;
const IS_LARGER = 0xffffffff;
const ENCRYPTED = 1;
const STORED = 0;
const DEFLATED = 8;

/** Zip, jar, office documents and apps. Of the directory's numbers only places count; all are checked against the bytes. */
export function* unpackZip(bytes: Buffer): Generator<Entry> {
  const directory = zipDirectory(bytes);
  if (directory === undefined) {
    yield { name: '', bytes: undefined, gap: 'damaged' };
    return;
  }
  let at = directory.from;
  while (at + DIRECTORY_BYTES <= directory.to && bytes.readUInt32LE(at) === DIRECTORY) {
    const nameEnd = at + DIRECTORY_BYTES + bytes.readUInt16LE(at + 28);
    const name = bytes.toString('utf8', at + DIRECTORY_BYTES, nameEnd);
    const isFolder = name.endsWith('/') && bytes.readUInt32LE(at + 20) === 0;
    if (!isFolder) yield { name, ...contentOf(bytes, at, directory) };
    at = nameEnd + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  // What stands between two entries is not understood.
  if (at !== directory.to) yield { name: '', bytes: undefined, gap: 'damaged' };
}

/** @param at where the directory speaks of the entry. */
function contentOf(bytes: Buffer, at: number, { shift }: ZipDirectory): Omit<Entry, 'name'> {
  const damaged = { bytes: undefined, gap: 'damaged' } as const;
  const numbers = numbersOf(bytes, at);
  const local = numbers.local + shift;
  if (local + LOCAL_BYTES > bytes.length || local < 0 || bytes.readUInt32LE(local) !== LOCAL) return damaged;
  if ((bytes.readUInt16LE(at + 8) & ENCRYPTED) !== 0) return { bytes: undefined, gap: 'encrypted' };
  const from = local + LOCAL_BYTES + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
  if (from + numbers.packedBytes > bytes.length) return damaged;
  const packed = bytes.subarray(from, from + numbers.packedBytes);
  const method = bytes.readUInt16LE(at + 10);
  if (method === STORED) return { bytes: packed };
  if (method !== DEFLATED) return { bytes: undefined, gap: 'unknown method' };
  return inflate({ kind: 'deflate', bytes: packed, said: bytes.readUInt32LE(at + 24) });
}

/** Numbers that 32 bits have no room for stand in a field of their own, in the order of these. */
function numbersOf(bytes: Buffer, at: number): { readonly packedBytes: number; readonly local: number } {
  let field = largerNumbersAt(bytes, at);
  const [, packedBytes = 0, local = 0] = [24, 20, 42].map((offset) => {
    const number = bytes.readUInt32LE(at + offset);
    if (number !== IS_LARGER || field === undefined || field + 8 > bytes.length) return number;
    field += 8;
    // Beyond 2^53 it is rounded, and points out of the archive all the same.
    return Number(bytes.readBigUInt64LE(field - 8));
  });
  return { packedBytes, local };
}

function largerNumbersAt(bytes: Buffer, at: number): number | undefined {
  let field = at + DIRECTORY_BYTES + bytes.readUInt16LE(at + 28);
  const end = Math.min(bytes.length, field + bytes.readUInt16LE(at + 30));
  while (field + 4 <= end) {
    if (bytes.readUInt16LE(field) === LARGER_NUMBERS) return field + 4;
    field += 4 + bytes.readUInt16LE(field + 2);
  }
  return undefined;
}
