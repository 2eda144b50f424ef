import type { SubjectKind } from '../core/finding.js';
import type { Confidence } from '../core/leak.js';
import type { FactSpec, FactType, Vocabulary } from '../core/vocabulary.js';
import { wrap } from './wrap.js';

const WIDTH = 96;

const TYPE_WORDS = {
  int: 'number',
  bool: 'yes or no',
  string: 'text',
  strings: 'list of texts',
} satisfies Record<FactType, string>;

/** What is known about the facts of one namespace. */
export interface FactGroup {
  /** `key`, `leak` or `project`. */
  readonly namespace: string;
  /** Which rules may read them, in words. */
  readonly readBy: string;
  readonly facts: readonly FactSpec[];
}

const SUBJECT_WORDS = { key: 'keys', leak: 'leaks', source: 'projects' } satisfies Record<
  SubjectKind,
  string
>;

/** The vocabulary by namespace, each fact once. */
export function factGroups(vocabulary: Vocabulary): readonly FactGroup[] {
  const kinds = ['key', 'leak', 'source'] as const;
  const all = new Map(kinds.flatMap((kind) => vocabulary[kind]).map((fact) => [fact.name, fact]));
  const namespaces = [...new Set([...all.keys()].map(namespaceOf))];
  return namespaces.map((namespace) => ({
    namespace,
    readBy: kinds
      .filter((kind) => vocabulary[kind].some(({ name }) => namespaceOf(name) === namespace))
      .map((kind) => SUBJECT_WORDS[kind])
      .join(' and '),
    facts: [...all.values()].filter(({ name }) => namespaceOf(name) === namespace),
  }));
}

const namespaceOf = (name: string): string => name.split('.')[0] ?? '';

export const typeText = ({ type, unit }: FactSpec): string =>
  unit === undefined ? TYPE_WORDS[type] : `${TYPE_WORDS[type]} of ${unit}`;

/**
 * Every fact that a condition may read, with its type and what it says; for `rules facts`.
 * @param tellers fact -> which vendors can tell it, in words; said where it is not all of them
 */
export function listFacts(vocabulary: Vocabulary, tellers: ReadonlyMap<string, string>): string {
  const groups = factGroups(vocabulary);
  const specs = groups.flatMap(({ facts }) => facts);
  const [names, types] = [widest(specs.map(({ name }) => name)), widest(specs.map(typeText))];
  const indent = ' '.repeat(names + types + 4);
  const line = (spec: FactSpec): string => {
    const teller = tellers.get(spec.name) ?? 'all';
    const told = [
      ...(teller === 'all' ? [] : [wrap(`told by ${teller}`, WIDTH, indent)]),
      ...(spec.confidence === undefined ? [] : [wrap(confidenceText(spec.confidence), WIDTH, indent)]),
    ];
    const head = `${spec.name.padEnd(names)}  ${typeText(spec).padEnd(types)}  `;
    return [head + wrap(spec.meaning, WIDTH, indent).trimStart(), ...told].join('\n');
  };
  const sections = groups.map(
    ({ readBy, facts }) => `For rules about ${readBy}\n${facts.map(line).join('\n')}`,
  );
  return `${sections.join('\n\n')}\n`;
}

/** What a rule that reads such a fact can be sure of. */
export const confidenceText = (confidence: Confidence): string =>
  `confidence ${confidence} where only a name says it`;

const widest = (texts: readonly string[]): number => Math.max(...texts.map(({ length }) => length));
