import { type ContentFilter, createContentFilter } from '../git/pack/content-filter.js';
import { WINDOW_BYTES } from './content-reader.js';
import type { Needles } from './needles.js';
import { packFilterOf } from './pack-filter.js';

/** Needles with a quick first look, which is made ready for the first content that is worth it. */
export function withFilter(needles: Needles): Needles {
  const filter = packFilterOf(needles);
  if (filter === undefined) return needles;
  let made: ContentFilter | undefined;
  const make = (): ContentFilter => createContentFilter(filter, WINDOW_BYTES) ?? (() => true);
  return { ...needles, mayHold: (bytes) => (made ??= make())(bytes) };
}
