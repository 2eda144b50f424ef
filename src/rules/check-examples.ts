import type { Problem } from '../core/errors/problem.js';
import type { FactType } from '../core/vocabulary.js';
import type { RuleDraft } from './check-rule.js';
import type { WrittenExample } from './rule-schema.js';
import { didYouMean } from './did-you-mean.js';

const GROUPS = ['fails', 'passes', 'unknown', 'not-applicable'] as const;

const FITS = {
  int: (value) => typeof value === 'number',
  bool: (value) => typeof value === 'boolean',
  string: (value) => typeof value === 'string',
  strings: (value) => Array.isArray(value),
} satisfies Record<FactType, (value: unknown) => boolean>;

/** Checks that examples state facts that exist, of the right type, and every fact that decides the verdict. */
export function checkExamples(draft: RuleDraft): readonly Problem[] {
  return GROUPS.flatMap((group) =>
    draft.written.examples[group].flatMap((example, index) =>
      checkExample(draft, ['examples', group, index, 'facts'], example),
    ),
  );
}

function checkExample(
  { written, vocabulary, source }: RuleDraft,
  path: readonly (string | number)[],
  { facts }: WrittenExample,
): readonly Problem[] {
  const types = new Map(vocabulary.map(({ name, type }) => [name, type]));
  const wrong = Object.entries(facts).flatMap(([name, value]) => {
    const type = types.get(name);
    if (type === undefined) {
      const hint = didYouMean(name, [...types.keys()]);
      return [source.problemAtName([...path, name], `there is no fact ${name}${hint}`)];
    }
    return isAbsent(value) || FITS[type](value)
      ? []
      : [source.problem([...path, name], `${name} is of type ${type}`)];
  });
  const unstated = written.needs.filter((name) => !(name in facts));
  return [
    ...wrong,
    ...unstated.map((name) => source.problem(path, `the example says nothing about ${name}`)),
  ];
}

const isAbsent = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
