import type { Fact } from '../core/fact.js';
import type { Confidence } from '../core/leak.js';
import type { FactSpec, FactType, FactValue } from '../core/vocabulary.js';
import type { FactContext } from './context.js';

interface ValueOf {
  readonly int: number;
  readonly bool: boolean;
  readonly string: string;
  readonly strings: readonly string[];
}

type Compute<S, V> = (subject: S, context: FactContext) => Fact<V>;

/** A fact about subjects of type S: its entry in the vocabulary, and how it is worked out. */
export interface FactDefinition<S> extends FactSpec {
  readonly compute: Compute<S, FactValue>;
}

interface Wording {
  readonly unit?: string;
  readonly meaning: string;
  readonly confidence?: Confidence;
}

/** Defines one fact; `compute` must be pure and must answer with the type that it says. */
export function defineFact<S, T extends FactType>(
  name: string,
  type: T,
  fact: Wording & { readonly compute: Compute<S, ValueOf[T]> },
): FactDefinition<S> {
  return { ...fact, name, type, unit: fact.unit };
}
