import { type Fact, flatMapFact, inferred, known, mapFact } from '../core/fact.js';
import type { KeyRecord } from '../core/key.js';
import { defineFact, type FactDefinition } from './define-fact.js';
import { plainText } from './key-identity.js';

// `live` is missing on purpose: at a video vendor it means a stream. Our judgement.
const ENVIRONMENT_WORDS: ReadonlyMap<string, string> = new Map([
  ...['prod', 'production', 'prd'].map((word) => [word, 'production'] as const),
  ...['test', 'tests', 'testing', 'sandbox', 'staging', 'stage'].map((word) => [word, 'test'] as const),
  ...['dev', 'develop', 'development', 'qa', 'uat'].map((word) => [word, 'test'] as const),
]);

/** What names give away: an environment, a person. Guesses from words, so the rules that use them are less sure. */
export const KEY_NAMING: readonly FactDefinition<KeyRecord>[] = [
  defineFact('key.nameWords', 'strings', {
    // What they say of a person may be chance: there are systems called `home`.
    confidence: 'low',
    meaning: 'the words of its name in lower case, which may speak of a person or a laptop',
    compute: (key) => flatMapFact(key.name, (name) => inferred(wordsOf(name), 'low')),
  }),
  defineFact('key.environments', 'strings', {
    meaning: '`production` and `test`, as far as its declaration, its name and its project speak of them',
    confidence: 'medium',
    compute: environments,
  }),
];

const wordsOf = (text: string): readonly string[] => plainText(text).split(' ');

function environments(key: KeyRecord): Fact<readonly string[]> {
  const project = mapFact(key.project, ({ name }) => name);
  return flatMapFact(textOf(key.name), (name) =>
    flatMapFact(textOf(project), (projectName) => {
      const declared = environmentsIn([key.declared?.environment ?? '']);
      const found = environmentsIn([key.declared?.environment ?? '', name, projectName]);
      // What only a name says is a guess.
      return found.length === declared.length ? known(found) : inferred(found, 'medium');
    }),
  );
}

const environmentsIn = (texts: readonly string[]): readonly string[] =>
  [...new Set(texts.flatMap(wordsOf).flatMap((word) => ENVIRONMENT_WORDS.get(word) ?? []))].sort();

// A kind of key without names says nothing by its name; a name that could not be read might say something.
const textOf = (fact: Fact<string>): Fact<string> => (fact.state === 'not-applicable' ? known('') : fact);
