import type { KeyRecord } from '../core/key.js';
import type { Leak } from '../core/leak.js';
import type { FactSpec, Vocabulary } from '../core/vocabulary.js';
import type { FactDefinition } from './define-fact.js';
import { KEY_ACCESS } from './key-access.js';
import { KEY_AGE } from './key-age.js';
import { KEY_DATA } from './key-data.js';
import { KEY_DECLARED } from './key-declared.js';
import { KEY_DRIFT } from './key-drift.js';
import { KEY_IDENTITY } from './key-identity.js';
import { KEY_NAMING } from './key-naming.js';
import { KEY_NETWORK } from './key-network.js';
import { KEY_ROTATION } from './key-rotation.js';
import { KEY_SHARING } from './key-sharing.js';
import { LEAK } from './leak.js';
import { LEAK_PATHS } from './leak-paths.js';
import { PROJECT } from './project.js';

/** Every fact about keys: the families, in the order in which the reference shows them. */
export const KEY_FACTS: readonly FactDefinition<KeyRecord>[] = [
  ...KEY_IDENTITY,
  ...KEY_NAMING,
  ...KEY_AGE,
  ...KEY_ACCESS,
  ...KEY_NETWORK,
  ...KEY_DECLARED,
  ...KEY_ROTATION,
  ...KEY_SHARING,
  ...KEY_DRIFT,
  ...KEY_DATA,
];
export const LEAK_FACTS: readonly FactDefinition<Leak>[] = [...LEAK, ...LEAK_PATHS];
export const PROJECT_FACTS = PROJECT;

const specOf = ({ name, type, unit, meaning, confidence }: FactSpec): FactSpec => ({
  name,
  type,
  unit,
  meaning,
  ...(confidence === undefined ? {} : { confidence }),
});

/** What rules may read. A rule about a leak also reads the key that the leaked string is. */
export const VOCABULARY: Vocabulary = {
  key: KEY_FACTS.map(specOf),
  leak: [...LEAK_FACTS, ...KEY_FACTS].map(specOf),
  source: PROJECT_FACTS.map(specOf),
};
