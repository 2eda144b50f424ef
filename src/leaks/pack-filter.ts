import type { PackFilter } from '../git/pack/pack-filter.js';
import { MAX_WORD_LENGTH } from '../git/pack/pack-filter.js';
import { contextReach } from './detectors/context-reach.js';
import { KEY_PREFIX, MAX_JOINED } from './hashed-tokens.js';
import type { Needles } from './needles.js';

/** The filter that lets everything through in which `scanBytes` may find something; undefined when there is none. */
export function packFilterOf({ values, hashed, detectors }: Needles): PackFilter | undefined {
  const wordLengths = [...hashed.keys()];
  if (wordLengths.some((length) => length > MAX_WORD_LENGTH)) return undefined;
  const prefixes = wordLengths.length === 0 ? [] : [{ text: Buffer.from(KEY_PREFIX), run: 0 }];
  return {
    tables: values.literals.tables(),
    marks: { encoded: detectors.encoded.tables(), short: [] },
    keys: values.tables(),
    keywords: [...detectors.keywords, ...prefixes],
    wordLengths,
    reach: {
      pattern: Math.max(
        values.longest,
        ...wordLengths.map((length) => length + MAX_JOINED + KEY_PREFIX.length + 1),
      ),
      mark: Math.max(
        detectors.encoded.longest,
        KEY_PREFIX.length,
        ...detectors.keywords.map(({ text, run }) => text.length + run),
      ),
      context: Math.max(...detectors.detectors.map(contextReach), ...wordLengths, 0) + MAX_JOINED,
    },
  };
}
