import { availableParallelism } from 'node:os';
import type { PackReading } from '../git/pack/walk-pack.js';
import type { Needles } from './needles.js';
import { packFilterOf } from './pack-filter.js';
import { judgeBy, judgingOf } from './pack-judge.js';

/** Made by `npm run build`; as many steps away from `src` as from `dist`. */
export const READER_FILE = new URL('../../dist/leaks/pack-reader.js', import.meta.url);

/** More wait for memory, not for a processor. */
const MAX_HELPERS = 3;
/** Threads beside this one. */
export const HELPERS = Math.min(MAX_HELPERS, availableParallelism() - 1);
export const MIN_PACK_BYTES = 8 * 1024 * 1024;

/** Of the memory that the system, or a container's limit, still gives; the rest is for what is made of the pack. */
const MEMORY_SHARE = 1 / 2;

/** How packs are read when these needles are looked for; undefined where git must read them. */
export function packReadingOf(needles: Needles): PackReading | undefined {
  const filter = packFilterOf(needles);
  if (filter === undefined) return undefined;
  const judging = judgingOf(needles);
  // A pepper is a secret, and stays in this thread; without hashed keys nobody needs it to judge.
  const isAlone = needles.pepper !== undefined && needles.hashed.size > 0;
  const count = isAlone ? 0 : HELPERS;
  return {
    filter,
    judge: judgeBy(judging, needles.pepper),
    helpers: { count, minPackBytes: MIN_PACK_BYTES, file: READER_FILE, judging },
    maxPackBytes: process.availableMemory() * MEMORY_SHARE,
  };
}
