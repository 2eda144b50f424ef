// Gigabytes of zeros as megabytes of zlib's format, in milliseconds: one packed piece, written again and again.
import { createHash } from 'node:crypto';
import { constants, deflateRawSync } from 'node:zlib';

const PIECE_BYTES = 2 ** 24;
const zeros = Buffer.alloc(PIECE_BYTES);
// A full flush ends at a byte, and what follows refers to nothing before it.
const flushed = (bytes) => deflateRawSync(bytes, { finishFlush: constants.Z_FULL_FLUSH });
const piece = flushed(zeros);
const LAST_BLOCK = Buffer.from([3, 0]);
const ADLER = 65521;

/** `before`, `pieces` times 16 MiB of zeros, `after`: packed without head and sum. */
export function packedZeros({ before = Buffer.alloc(0), pieces, after = Buffer.alloc(0) }) {
  const body = Array.from({ length: pieces }, () => piece);
  const ends = [before, after].map((bytes) => (bytes.length === 0 ? bytes : flushed(bytes)));
  return Buffer.concat([ends[0], ...body, ends[1], LAST_BLOCK]);
}

export const sizeOf = ({ before = '', pieces, after = '' }) =>
  before.length + pieces * PIECE_BYTES + after.length;

function adler32(parts) {
  let [low, high] = [1, 0];
  const take = (bytes) => {
    for (const byte of bytes) {
      low = (low + byte) % ADLER;
      high = (high + low) % ADLER;
    }
  };
  take(parts.before ?? []);
  high = Number((BigInt(high) + BigInt(low) * BigInt(parts.pieces) * BigInt(PIECE_BYTES)) % BigInt(ADLER));
  take(parts.after ?? []);
  return Buffer.from([high >> 8, high & 255, low >> 8, low & 255]);
}

/** As in objects and packs of git. */
export const zlibZeros = (parts) =>
  Buffer.concat([Buffer.from([0x78, 1]), packedZeros(parts), adler32(parts)]);

/** A gzip file; its sum is wrong, which nobody learns before all is unpacked. */
export const gzipZeros = (parts) =>
  Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]), packedZeros(parts), Buffer.alloc(8)]);

/** The SHA-1 of what is packed, as hex. */
export function sha1Zeros({ before = '', pieces, after = '' }) {
  const hash = createHash('sha1').update(before);
  for (let i = 0; i < pieces; i += 1) hash.update(zeros);
  return hash.update(after).digest('hex');
}
