import type { Fact } from '../core/fact.js';
import type { FactValue } from '../core/vocabulary.js';
import type { FactContext } from './context.js';
import type { FactDefinition } from './define-fact.js';

/** Answers the fact of that name; undefined when it is none of its own. */
export type FactSheet = (name: string) => Fact<FactValue> | undefined;

/** Facts by name, each with its place in a sheet: built once per family of facts, looked up for every subject. */
export type FactTable<S> = ReadonlyMap<string, { readonly fact: FactDefinition<S>; readonly place: number }>;

export const tableOf = <S>(facts: readonly FactDefinition<S>[]): FactTable<S> =>
  new Map(facts.map((fact, place) => [fact.name, { fact, place }]));

/** The facts of one subject, each worked out at the first question and then kept. */
export function factSheet<S>(table: FactTable<S>, subject: S, context: FactContext): FactSheet {
  // A list, because a map for each of many thousand subjects is most of what their facts cost.
  const answers: (Fact<FactValue> | undefined)[] = [];
  answers.length = table.size;
  return (name) => {
    const entry = table.get(name);
    if (entry === undefined) return undefined;
    const answered = answers[entry.place];
    if (answered !== undefined) return answered;
    const answer = entry.fact.compute(subject, context);
    answers[entry.place] = answer;
    return answer;
  };
}

/** The same answer to every name of a table: for a leak that is no known key. */
export function constantSheet<S>(table: FactTable<S>, answer: Fact<FactValue>): FactSheet {
  return (name) => (table.has(name) ? answer : undefined);
}
