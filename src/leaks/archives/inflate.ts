import { constants, gunzipSync, inflateRawSync } from 'node:zlib';
import { type Entry, outputLimit } from './entry.js';

const INFLATE = { gzip: gunzipSync, deflate: inflateRawSync } as const;

/** A byte of deflate gives at most so many (zlib's technical details, "Maximum Compression Factor"). */
const MAX_RATIO = 1032;

const MIN_PIECE_BYTES = 4096;
/** Text packs about so many times: mostly one piece is enough. */
const USUAL_RATIO = 4;
/** Who says that more was packed does not make us take room for it. */
const MAX_SAID_RATIO = 32;

interface Packed {
  readonly kind: keyof typeof INFLATE;
  readonly bytes: Uint8Array;
  /** How many bytes were packed, as the archive says: it may be wrong. */
  readonly said?: number;
}

/** Unpacks a compressed stream in bounded memory; of one that breaks off, what stands before the break. */
export function inflate(packed: Packed): Omit<Entry, 'name'> {
  const { bytes } = packed;
  const run = INFLATE[packed.kind];
  const maxOutputLength = outputLimit(bytes.length);
  const limits = { maxOutputLength, chunkSize: pieceBytes(packed, maxOutputLength) };
  const wasted = Math.min(maxOutputLength, bytes.length * MAX_RATIO);
  try {
    return { bytes: run(bytes, limits) };
  } catch (error) {
    if (isFrom(error, 'ERR_BUFFER_TOO_LARGE'))
      return { bytes: undefined, gap: 'beyond the limits', wasted: maxOutputLength };
    // What is wrong in itself is so in a second try too.
    if (!isFrom(error, 'Z_BUF_ERROR')) return { bytes: undefined, gap: 'damaged', wasted };
  }
  try {
    return { bytes: run(bytes, { ...limits, finishFlush: constants.Z_SYNC_FLUSH }), gap: 'damaged' };
  } catch {
    return { bytes: undefined, gap: 'damaged', wasted };
  }
}

/**
 * For all that is unpacked, and one more byte, so that zlib sees the end: to put pieces together takes up to four times as long
 * as to unpack them (measured with 127 MiB of text). Room that nothing is written to costs nothing.
 */
function pieceBytes({ bytes, said = 0 }: Packed, maxOutputLength: number): number {
  const isLikely = said > 0 && said <= bytes.length * MAX_SAID_RATIO;
  const wanted = isLikely ? said + 1 : bytes.length * USUAL_RATIO;
  return Math.min(maxOutputLength + 1, Math.max(MIN_PIECE_BYTES, wanted));
}

const isFrom = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;
