import type { Evaluation, Observation } from '../core/evaluation.js';

/** What fails later although nothing changes but the date. */
export interface Forecast {
  readonly coming: readonly Observation[];
}

/**
 * What a judgement as of a later day adds to that of today: findings that are new, and those whose severity rises.
 * Both evaluations must be of the same rules and the same data.
 */
export function forecast(today: Evaluation, later: Evaluation): Forecast {
  const known = new Set(fails(today).map(identity));
  return { coming: fails(later).filter((observation) => !known.has(identity(observation))) };
}

const fails = ({ observations }: Evaluation): readonly Observation[] =>
  observations.filter(({ verdict }) => verdict === 'fail');

const identity = ({ rule, severity, subject }: Observation): string =>
  JSON.stringify([rule.id, severity, subject.kind, subject.source, subject.id, subject.fingerprint]);
