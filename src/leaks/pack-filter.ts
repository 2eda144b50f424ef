import type { PackFilter } from '../git/pack/pack-filter.js';
import { MAX_WORD_LENGTH } from '../git/pack/pack-filter.js';
import { LiteralSet } from '../match/literal-set.js';
import { MAX_JWT } from './detectors/jwt.js';
import { KEY_PREFIX } from './hashed-tokens.js';
import type { Needles } from './needles.js';

/** A web token reaches furthest: to either side of its keyword, which itself can stand at either end. */
const CONTEXT_REACH = 2 * MAX_JWT + 128;

/** The filter that lets everything through in which `scanBytes` may find something; undefined when there is none. */
export function packFilterOf({ literals, hashed, detectors }: Needles): PackFilter | undefined {
  const wordLengths = [...hashed.keys()];
  if (wordLengths.some((length) => length > MAX_WORD_LENGTH)) return undefined;
  const prefixed = wordLengths.length === 0 ? [] : new LiteralSet([Buffer.from(KEY_PREFIX)]).tables();
  return {
    tables: [...literals.tables(), ...detectors.keywordTables(), ...prefixed],
    wordLengths,
    reach: Math.max(CONTEXT_REACH, literals.longest),
  };
}
