import type { Confidence } from './leak.js';

/**
 * Something that the audit knows, should know but could not learn, or cannot know of this vendor.
 * The three are kept apart from the vendor's answer to the report: an absent field is never a default.
 */
export type Fact<T> = Known<T> | Unknown | NotApplicable;

export interface Known<T> {
  readonly state: 'known';
  readonly value: T;
  /** How sure it is; absent = high: the vendor or the register says it. Less where it was guessed from a name. */
  readonly confidence?: Confidence;
}

/** The fact should exist but could not be had. `reason` is shown to people. */
export interface Unknown {
  readonly state: 'unknown';
  readonly reason: string;
}

/** The vendor cannot express it. `reason` is shown to people, once per vendor. */
export interface NotApplicable {
  readonly state: 'not-applicable';
  readonly reason: string;
}

export const known = <T>(value: T): Known<T> => ({ state: 'known', value });
/** Known from hints, such as words in a name. */
export const inferred = <T>(value: T, confidence: Confidence): Known<T> => ({
  state: 'known',
  value,
  confidence,
});
export const unknown = (reason: string): Unknown => ({ state: 'unknown', reason });
export const notApplicable = (reason: string): NotApplicable => ({ state: 'not-applicable', reason });

export const isKnown = <T>(fact: Fact<T>): fact is Known<T> => fact.state === 'known';

/** Derives a fact from another, as sure as that; what is not known stays so, with its reason. */
export function mapFact<T, U>(fact: Fact<T>, derive: (value: T) => U): Fact<U> {
  if (fact.state !== 'known') return fact;
  const value = derive(fact.value);
  return fact.confidence === undefined ? known(value) : inferred(value, fact.confidence);
}

/** Like {@link mapFact}, where deriving may itself end in "unknown". */
export function flatMapFact<T, U>(fact: Fact<T>, derive: (value: T) => Fact<U>): Fact<U> {
  return fact.state === 'known' ? derive(fact.value) : fact;
}

/** The value, or `fallback`. For display only: a judgement on a fallback would be a false verdict. */
export function valueOr<T, U>(fact: Fact<T>, fallback: U): T | U {
  return fact.state === 'known' ? fact.value : fallback;
}
