import type { Unpack } from './entry.js';
import { unpackGzip } from './gzip.js';
import { unpackTar } from './tar.js';
import { unpackZip } from './zip.js';

/** As many bytes as tell whether something is an archive. The pack reader (`walk.ts`) looks at the same ones. */
export const MAGIC_BYTES = 262;

const starts = (bytes: Uint8Array, at: number, magic: string): boolean =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1', at, at + magic.length) ===
  magic;

/** What unpacks these bytes, by how they begin; undefined for all that is no archive. */
export function unpackerOf(bytes: Uint8Array): Unpack | undefined {
  // RFC 1952: its two bytes and the only method there is.
  if (bytes[0] === 0x1f) return starts(bytes, 0, '\x1f\x8b\x08') ? unpackGzip : undefined;
  if (bytes[0] === 0x50 && starts(bytes, 0, 'PK\x03\x04')) return unpackZip;
  return bytes[257] === 0x75 && starts(bytes, 257, 'ustar') ? unpackTar : undefined;
}
