import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/core/errors/audit-error.js';
import { listFacts } from '../../src/rules/list-facts.js';
import { controlsOf, listControls, resultOf, STANDARD_IDS } from '../../src/rules/standards.js';
import { aRule } from '../support/audit-result.js';
import { BUILT_IN } from '../support/rule-book.js';

const { rules, vocabulary } = await BUILT_IN;
const map = (id: string, strength: 'direct' | 'partial' | 'informative') => ({
  standard: 'OWASP NHI 2025',
  id,
  strength,
});

describe('a standard', () => {
  it('is known under one of the ids, for every mapping of every built-in rule', () => {
    const known = STANDARD_IDS.flatMap((id) => controlsOf(rules, id));
    const shown = known.flatMap((view) =>
      view.rules.map(({ rule }) => `${rule.id} ${view.standard} ${view.control}`),
    );
    const mapped = rules.flatMap((rule) =>
      rule.maps.map(({ standard, id }) => `${rule.id} ${standard} ${id}`),
    );
    expect(mapped.filter((each) => !shown.includes(each))).toEqual([]);
  });

  it('shows the controls that no rule speaks to, where the whole list is known', () => {
    const uncovered = controlsOf(rules, 'owasp-nhi').filter((view) => view.rules.length === 0);
    expect(uncovered.map(({ control }) => control)).toEqual(['NHI3', 'NHI6']);
  });

  it('lists the rules of a control, the strongest first', () => {
    const some = [
      aRule({ id: 'a', maps: [map('NHI1', 'informative')] }),
      aRule({ id: 'b', maps: [map('NHI1', 'direct')] }),
      aRule({ id: 'c', maps: [map('NHI1', 'partial')] }),
    ];
    const [first] = controlsOf(some, 'owasp-nhi');
    expect(first?.rules.map(({ rule }) => rule.id)).toEqual(['b', 'c', 'a']);
  });

  it('that nobody knows is an error with a suggestion', () => {
    const list = () => listControls(rules, 'owasp-nih');
    expect(list).toThrow(UsageError);
    expect(list).toThrow('there is no standard owasp-nih; did you mean owasp-nhi?');
  });
});

describe('the result of a control', () => {
  const rule = aRule({ id: 'a', maps: [map('NHI1', 'direct')] });
  const [covered, uncovered] = controlsOf([rule], 'owasp-nhi');

  it.each([
    [
      'is broken when one of its rules fails',
      [
        { rule, verdict: 'unknown' as const },
        { rule, verdict: 'fail' as const },
      ],
      'broken',
    ],
    [
      'is not known when one of its rules could not judge',
      [{ rule, verdict: 'unknown' as const }],
      'not-known',
    ],
    ['is no more than "nothing found" otherwise', [], 'nothing-found'],
    ['does not take other rules', [{ rule: aRule({ id: 'b' }), verdict: 'fail' as const }], 'nothing-found'],
  ])('%s', (_what, observations, expected) => {
    expect(covered && resultOf(covered, observations)).toBe(expected);
  });

  it('is "not covered" without rules, whatever was found', () => {
    expect(uncovered && resultOf(uncovered, [{ rule, verdict: 'fail' }])).toBe('not-covered');
  });
});

describe('the list of facts', () => {
  it('has every fact once, with its type and unit', () => {
    const text = listFacts(vocabulary);
    expect(text.match(/^key\.ageDays +number of days +whole days since it was created$/m)).not.toBeNull();
    const lines = text.split('\n').filter((line) => /^(key|leak|project)\./.test(line));
    const names = lines.map((line) => line.split(' ', 1)[0]);
    expect(new Set(names).size).toBe(names.length);
    expect(new Set(names)).toEqual(
      new Set(
        Object.values(vocabulary)
          .flat()
          .map(({ name }) => name),
      ),
    );
  });
});
