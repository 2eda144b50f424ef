import type { Fact } from './fact.js';
import type { Subject, SubjectKind } from './finding.js';
import type { Confidence, Place } from './leak.js';

/** `int` is a whole number, `string` a text, `strings` a list of texts. */
export type FactType = 'int' | 'bool' | 'string' | 'strings';
export type FactValue = number | boolean | string | readonly string[];

/** One word of the language in which rules are written. */
export interface FactSpec {
  /** `<namespace>.<word>`, as a condition writes it: `key.ageDays`. */
  readonly name: string;
  readonly type: FactType;
  /** `days`, `minutes`, …; undefined for facts without one. */
  readonly unit: string | undefined;
  /** What it says, in one sentence without a full stop. */
  readonly meaning: string;
  /** How sure its least sure answers are; absent = high, all of them. */
  readonly confidence?: Confidence;
}

/** The facts that a rule about each kind of subject may read. */
export type Vocabulary = Readonly<Record<SubjectKind, readonly FactSpec[]>>;

/** Something to judge: who it is, and what is known about it. */
export interface JudgedSubject {
  readonly subject: Subject;
  readonly owner: string | null;
  readonly places: readonly Place[];
  /** The fact of that name, worked out at the first question. Names outside of the vocabulary are a bug: throws. */
  fact(name: string): Fact<FactValue>;
}
