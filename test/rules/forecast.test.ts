import { describe, expect, it } from 'vitest';
import { keyId } from '../../src/core/brand.js';
import { known } from '../../src/core/fact.js';
import { subjectsOf } from '../../src/facts/subjects.js';
import { judge } from '../../src/rules/evaluate.js';
import { forecast } from '../../src/rules/forecast.js';
import { aKey, instant } from '../support/audit-result.js';
import { aContext, BUILT_IN } from '../support/rule-book.js';

const ruleSet = await BUILT_IN;

/** Keys that were created that many days before the first of November. */
function coming(ages: readonly number[], later: string): readonly string[] {
  const keys = ages.map((days) => {
    const at = new Date(Date.parse('2026-11-01T00:00:00Z') - days * 86_400_000).toISOString();
    return aKey({ id: keyId(`d${days}`), createdAt: known(instant(at)) });
  });
  const on = (day: string) => judge(ruleSet, subjectsOf(aContext({ keys, asOf: instant(day) })));
  return forecast(on('2026-11-01'), on(later))
    .coming.filter(({ rule }) => rule.id === 'key-too-old')
    .map(({ subject, severity }) => `${subject.id} ${severity}`);
}

describe('a forecast', () => {
  it('tells what will fail until that day, and what will weigh more', () => {
    expect(coming([10, 85, 200, 360], '2026-11-08')).toEqual(['d360 high', 'd85 medium']);
  });

  it('tells nothing that fails today already, and nothing that will still be fine', () => {
    expect(coming([10, 200, 700], '2026-11-08')).toEqual([]);
  });

  it('for today is empty', () => {
    expect(coming([10, 85, 200, 360, 700], '2026-11-01')).toEqual([]);
  });
});
