import { describe, expect, it } from 'vitest';
import { VOCABULARY } from '../../src/facts/index.js';
import { loadRules } from '../../src/rules/load.js';
import { overrideNotes } from '../../src/rules/override-notes.js';
import { BUILT_IN } from '../support/rule-book.js';

describe('the notes about thresholds', () => {
  it('are none while nothing was changed', async () => {
    expect(overrideNotes((await BUILT_IN).rules)).toEqual([]);
  });

  it('name the rule, both numbers, and the standard that no longer holds', async () => {
    const params = { 'key-too-old': { days: 120, highDays: 365 } };
    const { rules } = await loadRules({ vocabulary: VOCABULARY, params });
    expect(overrideNotes(rules)).toEqual([
      'key-too-old is judged by days = 120 instead of 90 days, so its verdicts no longer speak for the source of ' +
        'that number: CIS AWS Foundations Benchmark 1.14; CIS Google Cloud Foundation Benchmark 1.15.',
    ]);
  });
});
