import { describe, expect, it } from 'vitest';
import { known } from '../../src/core/fact.js';
import { VOCABULARY } from '../../src/facts/index.js';
import { loadRules } from '../../src/rules/load.js';
import { overrideNotes } from '../../src/rules/override-notes.js';
import type { SeverityOverrides } from '../../src/rules/severities.js';
import { aKey, instant } from '../support/audit-result.js';
import { aContext, BUILT_IN, outcomeOf } from '../support/rule-book.js';

describe('the notes about overrides', () => {
  it('are none while nothing was changed', async () => {
    expect(overrideNotes((await BUILT_IN).rules, [])).toEqual([]);
  });

  it('name the rule, both numbers, and the standard that no longer holds', async () => {
    const params = { 'key-too-old': { days: 120, highDays: 365 } };
    const { rules } = await loadRules({ vocabulary: VOCABULARY, params });
    expect(overrideNotes(rules, [])).toEqual([
      'key-too-old is judged by days = 120 instead of 90 days, so its verdicts no longer speak for the source of ' +
        'that number: CIS AWS Foundations Benchmark 1.14; CIS Google Cloud Foundation Benchmark 1.15.',
    ]);
  });

  it('name a rule that weighs something else, and one that is left out', async () => {
    const severity = { 'key-too-old': 'low', 'owner-missing': 'medium' } as const;
    const { rules } = await loadRules({ vocabulary: VOCABULARY, severity });
    expect(overrideNotes(rules, ['key-unused', 'key-unused'])).toEqual([
      'The configuration rates key-too-old low; its own severity is medium or high.',
      'The configuration leaves the rule key-unused out: nothing was judged by it.',
    ]);
  });
});

describe('a severity of the user', () => {
  const load = (severity: SeverityOverrides) => loadRules({ vocabulary: VOCABULARY, severity });
  const oldKey = aKey({ createdAt: known(instant('2020-01-01')) });

  it('is what the rule weighs, whatever its tiers', async () => {
    const context = aContext({ keys: [oldKey] });
    expect(outcomeOf(await BUILT_IN, 'key-too-old', context).severity).toBe('high');
    expect(outcomeOf(await load({ 'key-too-old': 'low' }), 'key-too-old', context)).toMatchObject({
      verdict: 'fail',
      severity: 'low',
    });
  });

  it('of a rule that does not exist is an error with a suggestion', async () => {
    await expect(load({ 'key-to-old': 'low' })).rejects.toThrow(
      'rules.severity: there is no rule key-to-old; did you mean key-too-old?',
    );
  });
});
