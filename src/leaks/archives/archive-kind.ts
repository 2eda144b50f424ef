import type { Unpack } from './entry.js';
import { unpackGzip } from './gzip.js';
import { isTar, unpackTar } from './tar.js';
import { unpackZip } from './zip.js';
import { endsLikeZip, zipDirectory } from './zip-directory.js';

/** As many bytes as tell what may be an archive. The pack reader (`walker/archives.ts`) looks at the same ones. */
export const MAGIC_BYTES = 512;
/** The least of all archives, an empty gzip, has 20 bytes; here and in the pack reader the same contents are too short. */
const MIN_BYTES = 18;

/** How archives begin that are known, and not opened. */
const UNOPENED = {
  xz: '\xfd7zXZ\0',
  bzip2: 'BZh',
  zstd: '\x28\xb5\x2f\xfd',
  '7z': '7z\xbc\xaf\x27\x1c',
  rar: 'Rar!\x1a\x07',
} as const;
/** bzip2's own sign is short: behind the level stands the number pi. */
const BZIP2_BLOCK = '1AY&SY';

/** Programs, to which an archive may be attached that they unpack. */
const PROGRAMS = ['MZ', '\x7fELF', '#!'];

/** What unpacks a content that is all there; undefined for all that is no archive. */
export function unpackerOf(bytes: Uint8Array): Unpack | undefined {
  if (bytes.length < MIN_BYTES) return undefined;
  const begin = beginOf(bytes);
  // RFC 1952: its two bytes and the only method there is.
  if (begin.startsWith('\x1f\x8b\x08')) return unpackGzip;
  if (begin.startsWith('PK\x03\x04')) return unpackZip;
  if (isUnopened(begin)) return () => [{ name: '', bytes: undefined, gap: 'unknown format' }];
  const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (isProgram(begin)) return zipDirectory(content) === undefined ? undefined : unpackZip;
  return isTar(content) ? unpackTar : undefined;
}

/** Whether a content that begins so, with all of it or {@link MAGIC_BYTES}, may turn out to be an archive. */
export const mayBecomeArchive = (first: Uint8Array): boolean =>
  isProgram(beginOf(first)) || unpackerOf(first) !== undefined;

/** Whether a content of which only the first and the last bytes are known is an archive. */
export const isArchiveByEnds = (first: Uint8Array, last: Buffer): boolean =>
  isProgram(beginOf(first)) ? endsLikeZip(last) : unpackerOf(first) !== undefined;

const beginOf = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1', 0, 16);

const isProgram = (begin: string): boolean => PROGRAMS.some((magic) => begin.startsWith(magic));

const isUnopened = (begin: string): boolean =>
  Object.values(UNOPENED).some((magic) => begin.startsWith(magic)) &&
  (!begin.startsWith(UNOPENED.bzip2) || begin.startsWith(BZIP2_BLOCK, 4));
