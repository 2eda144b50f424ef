import type { Fact } from '../../core/fact.js';

export interface FlatFacts {
  /** Each fact's value, or the text `unknown` or `not-applicable`. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Why a fact has no value. A fact that is missing here is known, even when its value reads `unknown`. */
  readonly reasons: Readonly<Record<string, string>>;
}

export function flatFacts(facts: Readonly<Record<string, Fact<unknown>>>): FlatFacts {
  const values: Record<string, unknown> = {};
  const reasons: Record<string, string> = {};
  for (const [name, fact] of Object.entries(facts)) {
    values[name] = fact.state === 'known' ? fact.value : fact.state;
    if (fact.state !== 'known') reasons[name] = fact.reason;
  }
  return { values, reasons };
}
