import type { Entry, Unpack } from './entry.js';
import { inflate } from './inflate.js';

// RFC 1952, section 2.3.1: the flags, and what they put between the fixed header and the packed file.
const HAS_CRC = 2;
const HAS_EXTRA = 4;
const HAS_NAME = 8;
const HAS_COMMENT = 16;
const HEADER_BYTES = 10;

/** It packs one file, whose name is the archive's own. Of a damaged one, what can be read. */
export const unpackGzip: Unpack = (bytes) => {
  // The last four bytes tell the size of the last member, which mostly is the only one.
  const whole = inflate({ kind: 'gzip', bytes, said: bytes.readUInt32LE(bytes.length - 4) });
  const isUnread = whole.gap === 'damaged' && whole.bytes === undefined;
  return [{ name: '', ...(isUnread ? firstMember(bytes) : whole) }];
};

/** Without its checksum, and without what stands behind it. */
function firstMember(bytes: Buffer): Omit<Entry, 'name'> {
  const flags = bytes[3] ?? 0;
  let at = HEADER_BYTES;
  if ((flags & HAS_EXTRA) !== 0) at += 2 + (bytes[at] ?? 0) + (bytes[at + 1] ?? 0) * 256;
  for (const text of [HAS_NAME, HAS_COMMENT]) {
    if ((flags & text) !== 0) at = bytes.indexOf(0, at) + 1;
  }
  if ((flags & HAS_CRC) !== 0) at += 2;
  return { ...inflate({ kind: 'deflate', bytes: bytes.subarray(at) }), gap: 'damaged' };
}
