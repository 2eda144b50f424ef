import type { Fact } from '../core/fact.js';
import type { FactValue } from '../core/vocabulary.js';
import type { FactContext } from './context.js';
import type { FactDefinition } from './define-fact.js';

/** Answers the fact of that name; undefined when it is none of its own. */
export type FactSheet = (name: string) => Fact<FactValue> | undefined;

/** Facts by name, looked up for every subject: built once per family of facts. */
export type FactTable<S> = ReadonlyMap<string, FactDefinition<S>>;

export const tableOf = <S>(facts: readonly FactDefinition<S>[]): FactTable<S> =>
  new Map(facts.map((fact) => [fact.name, fact]));

/** The facts of one subject, each worked out at the first question and then kept. */
export function factSheet<S>(table: FactTable<S>, subject: S, context: FactContext): FactSheet {
  const answers = new Map<string, Fact<FactValue>>();
  return (name) => {
    const answered = answers.get(name);
    if (answered !== undefined) return answered;
    const answer = table.get(name)?.compute(subject, context);
    if (answer !== undefined) answers.set(name, answer);
    return answer;
  };
}

/** The same answer to every name of a table: for a leak that is no known key. */
export function constantSheet<S>(table: FactTable<S>, answer: Fact<FactValue>): FactSheet {
  return (name) => (table.has(name) ? answer : undefined);
}
