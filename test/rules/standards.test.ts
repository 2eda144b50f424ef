import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/core/errors/audit-error.js';
import { listFacts } from '../../src/rules/list-facts.js';
import { STANDARDS } from '../../src/rules/control-lists.js';
import { complianceOf } from '../../src/rules/compliance.js';
import { controlsOf, listControls, standardNamed, standardsOf } from '../../src/rules/standards.js';
import { aRule } from '../support/audit-result.js';
import { BUILT_IN } from '../support/rule-book.js';

const { rules, vocabulary } = await BUILT_IN;
const map = (id: string, strength: 'direct' | 'partial' | 'informative') => ({
  standard: 'OWASP NHI 2025',
  id,
  strength,
});

const nhi = standardNamed([], 'owasp-nhi');

describe('a standard', () => {
  it('is one that we list, for every mapping of every built-in rule', () => {
    expect(standardsOf(rules).map(({ id }) => id)).toEqual(STANDARDS.map(({ id }) => id));
  });

  it.each(STANDARDS.map((standard) => [standard.name, standard] as const))(
    '%s lists every control, with its title, that a built-in rule maps to',
    (_name, standard) => {
      const untitled = controlsOf(rules, standard).filter(({ title }) => title === undefined);
      expect(untitled.map(({ control }) => control)).toEqual([]);
    },
  );

  it('shows the controls that no rule speaks to, where more than the mapped ones are listed', () => {
    const uncovered = controlsOf(rules, nhi).filter((control) => control.rules.length === 0);
    expect(uncovered.map(({ control }) => control)).toEqual(['NHI3', 'NHI6']);
    expect(listControls(rules, 'cwe')).toContain('CWE: only what rules map to is listed');
  });

  it('lists the rules of a control, the strongest first', () => {
    const some = [
      aRule({ id: 'a', maps: [map('NHI1', 'informative')] }),
      aRule({ id: 'b', maps: [map('NHI1', 'direct')] }),
      aRule({ id: 'c', maps: [map('NHI1', 'partial')] }),
    ];
    const [first] = controlsOf(some, nhi);
    expect(first?.rules.map(({ rule }) => rule.id)).toEqual(['b', 'c', 'a']);
  });

  it('that only a user names, or a control that we do not list, is shown all the same', () => {
    const own = aRule({
      maps: [
        { standard: 'House rules', id: 'H1', strength: 'direct' },
        { standard: 'SOC 2', id: 'CC9.2', strength: 'partial' },
      ],
    });
    expect(listControls([own], 'house rules')).toContain('H1');
    expect(listControls([own], 'soc-2')).toContain('CC9.2');
  });

  it('that nobody knows is an error with a suggestion', () => {
    const list = () => listControls(rules, 'owasp-nih');
    expect(list).toThrow(UsageError);
    expect(list).toThrow('there is no standard owasp-nih; did you mean owasp-nhi?');
  });

  it('written for the keys of one cloud is spoken to informatively only, and so not covered', () => {
    const clouds = ['cis-aws', 'cis-gcp'].flatMap((id) => controlsOf(rules, standardNamed(rules, id)));
    const strengths = clouds.flatMap((control) => control.rules.map(({ strength }) => strength));
    expect(new Set(strengths)).toEqual(new Set(['informative']));
    expect(listControls(rules, 'cis-aws')).toContain('Rules speak to 0 of the 3 controls');
  });
});

describe('the result of a control', () => {
  const none = { fail: 0, pass: 0, unknown: 0, 'not-applicable': 0 };
  const judged = (strength: 'direct' | 'partial' | 'informative', verdicts: object, complete = true) =>
    complianceOf([aRule({ id: 'a', maps: [map('NHI1', strength)] })], {
      byRule: { a: { ...none, ...verdicts } },
      complete,
    }).find(({ id }) => id === 'owasp-nhi')?.controls[0]?.result;

  it.each([
    ['is broken when one of its rules fails', 'direct', { fail: 1, pass: 9, unknown: 1 }, true, 'broken'],
    ['is broken in a part too', 'partial', { fail: 1 }, true, 'broken'],
    ['is not known when something could not be judged', 'direct', { pass: 9, unknown: 1 }, true, 'not-known'],
    ['is not known when a source could not be read', 'direct', { pass: 9 }, false, 'not-known'],
    ['is broken even then, by what was read', 'direct', { fail: 1 }, false, 'broken'],
    ['is not known when nothing could be judged', 'direct', { 'not-applicable': 9 }, true, 'not-known'],
    ['is no more than "nothing found" otherwise', 'direct', { pass: 9 }, true, 'nothing-found'],
    ['is not decided by rules that are informative only', 'informative', { fail: 9 }, true, 'not-covered'],
  ] as const)('%s', (_what, strength, verdicts, complete, expected) => {
    expect(judged(strength, verdicts, complete)).toBe(expected);
  });

  it('is not told by a scan for leaks alone', () => {
    const leaks = rules.filter(({ subject }) => subject === 'leak');
    expect(complianceOf(leaks, { byRule: {}, complete: true })).toEqual([]);
  });

  it('is not broken by a suspicion', () => {
    const rule = aRule({ id: 'a', confidence: 'low', maps: [map('NHI1', 'direct')] });
    const [view] = complianceOf([rule], { byRule: { a: { ...none, fail: 1, pass: 1 } }, complete: true });
    expect(view?.controls[0]?.result).toBe('not-known');
  });

  it('is not known when its rule had nobody to judge', () => {
    const rule = aRule({ id: 'a', maps: [map('NHI1', 'direct')] });
    const [view] = complianceOf([rule], { byRule: {}, complete: true });
    expect(view?.controls.map(({ result }) => result).slice(0, 2)).toEqual(['not-known', 'not-covered']);
  });
});

describe('the list of facts', () => {
  it('has every fact once, with its type and unit', () => {
    const text = listFacts(vocabulary, new Map([['key.ageDays', 'one vendor']]));
    expect(text.match(/^key\.ageDays +number of days +whole days since it was created$/m)).not.toBeNull();
    expect(text.match(/told by/g)).toEqual(['told by']);
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
