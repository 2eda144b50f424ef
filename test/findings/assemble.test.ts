import { describe, expect, test } from 'vitest';
import type { Observation } from '../../src/core/evaluation.js';
import { toFindings } from '../../src/findings/assemble.js';
import { AS_OF, aRule, aSubject, fingerprintOfFake } from '../support/audit-result.js';

const observation = (over: Partial<Observation> = {}): Observation => ({
  rule: aRule(),
  verdict: 'fail',
  severity: 'medium',
  message: 'too old',
  subject: aSubject(),
  owner: null,
  places: [],
  fix: 'rotate',
  ...over,
});

const evaluate = (observations: readonly Observation[], knownIds: ReadonlySet<string> = new Set()) =>
  toFindings(
    {
      observations,
      byVerdict: { fail: observations.length, pass: 0, unknown: 0, 'not-applicable': 0 },
      byRule: {},
      gaps: [],
    },
    { asOf: AS_OF, suppressions: [], knownIds },
  ).findings;

const MIXED = [
  observation({ severity: 'low' }),
  observation({ severity: 'critical', rule: aRule({ id: 'zz' }) }),
  observation({ severity: 'critical', rule: aRule({ id: 'Ab' }) }),
  observation({ severity: 'critical', rule: aRule({ id: 'ab' }) }),
  observation({ severity: 'critical', rule: aRule({ id: 'ab' }), subject: aSubject({ source: 'a' }) }),
];

describe('findings', () => {
  test('stand worst first, then by rule and source in code-unit order', () => {
    expect(evaluate(MIXED).map(({ rule, subject }) => `${rule} ${subject.source}`)).toEqual([
      'Ab video-prod',
      'ab a',
      'ab video-prod',
      'zz video-prod',
      'key-too-old video-prod',
    ]);
  });

  test('do not depend on the order of the observations', () => {
    expect(evaluate(MIXED.toReversed())).toEqual(evaluate(MIXED));
  });

  test('of one key with two leaked values are two, with ids that do not depend on the order', () => {
    const leak = (seed: string) =>
      observation({
        subject: aSubject({ kind: 'leak', fingerprint: fingerprintOfFake(seed) }),
        message: seed,
      });
    const both = evaluate([leak('a'), leak('b')]);
    expect(new Set(both.map(({ id }) => id)).size).toBe(2);
    expect(evaluate([leak('b'), leak('a')])).toEqual(both);
  });

  test('are new unless the baseline knows them', () => {
    const [first] = evaluate([observation()]);
    expect(first?.status).toBe('new');
    expect(evaluate([observation()], new Set([first?.id ?? '']))[0]?.status).toBe('known');
  });
});
