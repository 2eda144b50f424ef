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
  const plain = [...detectors.keywords, ...prefixes].map((keyword) => ({ ...keyword, isEncoded: false }));
  const encoded = detectors.encodedKeywords.map((text) => ({ text, run: 0, isEncoded: true }));
  const keywords = [...plain, ...encoded];
  return {
    tables: values.literals.tables(),
    keys: values.tables(),
    keywords,
    wordLengths,
    reach: {
      pattern: Math.max(
        values.longest,
        ...wordLengths.map((length) => length + MAX_JOINED + KEY_PREFIX.length + 1),
      ),
      mark: Math.max(0, ...keywords.map(({ text, run }) => text.length + run)),
      word: Math.max(0, ...keywords.map(({ text }) => text.length)),
      context: Math.max(...detectors.detectors.map(contextReach), ...wordLengths, 0) + MAX_JOINED,
    },
  };
}
