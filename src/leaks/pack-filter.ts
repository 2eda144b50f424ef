import type { PackFilter } from '../git/pack/pack-filter.js';
import { MAX_WORD_LENGTH } from '../git/pack/pack-filter.js';
import { MAX_JWT } from './detectors/jwt.js';
import { KEY_PREFIX } from './hashed-tokens.js';
import type { Needles } from './needles.js';

/** A web token reaches furthest: to either side of its keyword, which itself can stand at either end. */
const CONTEXT_REACH = 2 * MAX_JWT + 128;

/** The filter that lets everything through in which `scanBytes` may find something; undefined when there is none. */
export function packFilterOf({ literals, hashed, detectors }: Needles): PackFilter | undefined {
  const wordLengths = [...hashed.keys()];
  if (wordLengths.some((length) => length > MAX_WORD_LENGTH)) return undefined;
  const prefixes = wordLengths.length === 0 ? [] : [{ text: Buffer.from(KEY_PREFIX), run: 0 }];
  return {
    tables: [...literals.tables(), ...detectors.encoded.tables()],
    keywords: [...detectors.keywords, ...prefixes],
    wordLengths,
    reach: Math.max(CONTEXT_REACH, literals.longest),
  };
}
