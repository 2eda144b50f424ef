import { isAr, unpackAr } from './ar.js';
import type { Unpack } from './entry.js';
import { unpackGzip } from './gzip.js';
import { isTar, unpackTar } from './tar.js';
import { UNOPENED_SIGNS, unopenedKind } from './unopened.js';
import { unpackZip } from './zip.js';
import { endsLikeZip, zipDirectory } from './zip-directory.js';

/** As many bytes as tell what may be an archive. The pack reader (`walker/archives.ts`) looks at the same ones. */
export const MAGIC_BYTES = 512;
/** The least of all archives, an empty gzip, has 20 bytes; here and in the pack reader the same contents are too short. */
const MIN_BYTES = 18;

/** Programs, to which an archive may be attached that they unpack. */
const PROGRAMS = ['MZ', '\x7fELF', '#!'];

/** What unpacks a content that is all there; undefined for all that is no archive. */
export function unpackerOf(bytes: Uint8Array): Unpack | undefined {
  if (bytes.length < MIN_BYTES) return undefined;
  const content = asBuffer(bytes);
  if (!mayHaveSign(content)) return isTar(content) ? unpackTar : undefined;
  const begin = beginOf(content);
  // RFC 1952: its two bytes and the only method there is.
  if (begin.startsWith('\x1f\x8b\x08')) return unpackGzip;
  // A zip of several parts begins with a mark, and may be one part after all.
  if (begin.startsWith('PK\x03\x04') || begin.startsWith('PK\x07\x08PK')) return unpackZip;
  if (isAr(begin)) return unpackAr;
  const unopened = unopenedKind(begin);
  if (unopened !== undefined) return () => [{ name: '', bytes: undefined, gap: unopened }];
  if (isProgram(begin)) return zipDirectory(content) === undefined ? undefined : unpackZip;
  return isTar(content) ? unpackTar : undefined;
}

/** The first bytes of signs, and where that may be any, the third. */
const SIGNS_BEGIN: ReadonlySet<number> = new Set(
  ['\x1f', 'P', '!', ...UNOPENED_SIGNS, ...PROGRAMS].map((sign) => sign.charCodeAt(0)),
);
const SIGNS_GO_ON: ReadonlySet<number> = new Set(
  UNOPENED_SIGNS.filter((sign) => sign.startsWith('??')).map((sign) => sign.charCodeAt(2)),
);

/** Most contents are done with here. */
const mayHaveSign = (content: Buffer): boolean =>
  SIGNS_BEGIN.has(content[0] ?? 0) || SIGNS_GO_ON.has(content[2] ?? 0);

/** Whether a content that begins so, with all of it or {@link MAGIC_BYTES}, may turn out to be an archive. */
export const mayBecomeArchive = (first: Uint8Array): boolean =>
  isProgram(beginOf(first)) || unpackerOf(first) !== undefined;

/** Whether a content of which only the first and the last bytes are known is an archive. */
export const isArchiveByEnds = (first: Uint8Array, last: Buffer): boolean =>
  isProgram(beginOf(first)) ? endsLikeZip(last) : unpackerOf(first) !== undefined;

const beginOf = (bytes: Uint8Array): string => asBuffer(bytes).toString('latin1', 0, 16);

const asBuffer = (bytes: Uint8Array): Buffer =>
  Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const isProgram = (begin: string): boolean => PROGRAMS.some((magic) => begin.startsWith(magic));
