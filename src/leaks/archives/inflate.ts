import { constants, gunzipSync, inflateRawSync } from 'node:zlib';
import { type Entry, outputLimit } from './entry.js';

const INFLATE = { gzip: gunzipSync, deflate: inflateRawSync } as const;

/** A byte of deflate gives at most so many (zlib's technical details, "Maximum Compression Factor"). */
const MAX_RATIO = 1032;

/** zlib's own pieces of 16 KiB take twice the time for contents of megabytes (measured); smaller ones than these do not pay. */
const PIECE_BYTES = 256 * 1024;
const MIN_PIECE_BYTES = 4096;
/** Text packs about so many times: mostly one piece is enough. */
const USUAL_RATIO = 4;

/** Unpacks a compressed stream in bounded memory; of one that breaks off, what stands before the break. */
export function inflate(kind: keyof typeof INFLATE, bytes: Uint8Array): Omit<Entry, 'name'> {
  const run = INFLATE[kind];
  const maxOutputLength = outputLimit(bytes.length);
  const chunkSize = Math.min(PIECE_BYTES, Math.max(MIN_PIECE_BYTES, bytes.length * USUAL_RATIO));
  const limits = { maxOutputLength, chunkSize };
  try {
    return { bytes: run(bytes, limits) };
  } catch (error) {
    if (isTooLarge(error)) return { bytes: undefined, gap: 'beyond the limits', wasted: maxOutputLength };
  }
  try {
    return { bytes: run(bytes, { ...limits, finishFlush: constants.Z_SYNC_FLUSH }), gap: 'damaged' };
  } catch {
    const wasted = Math.min(maxOutputLength, bytes.length * MAX_RATIO);
    return { bytes: undefined, gap: 'damaged', wasted };
  }
}

const isTooLarge = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
