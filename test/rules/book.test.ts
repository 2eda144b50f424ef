import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/core/errors/audit-error.js';
import { VOCABULARY } from '../../src/facts/index.js';
import { explainRule } from '../../src/rules/explain.js';
import { listRules } from '../../src/rules/list.js';
import { loadRules } from '../../src/rules/load.js';
import { selfTest } from '../../src/rules/self-test.js';
import { BUILT_IN, ruleText, withFolder } from '../support/rule-book.js';

const ruleSet = await BUILT_IN;

describe('the list of rules', () => {
  const lines = listRules(ruleSet.rules).split('\n');

  it('has one line a rule, in columns', () => {
    const [header = '', first = ''] = lines;
    const column = header.indexOf('severity');
    expect(lines.filter((line) => line.charAt(column - 1) === ' ' && line.length > column)).toHaveLength(
      ruleSet.rules.length + 2,
    );
    expect(first.slice(column)).toMatch(/^(critical|high|medium|low)/);
  });

  it('ends with a count and the next step', () => {
    expect(lines.at(-2)).toBe(
      `${ruleSet.rules.length} rules. \`keyaudit rules explain RULE\` tells why, and what to do.`,
    );
  });
});

describe('the explanation of a rule', () => {
  it.each(ruleSet.rules.map(({ id }) => [id]))('of %s fits into 100 columns and has its sections', (id) => {
    const text = explainRule(ruleSet, id);
    expect(text.split('\n').filter((line) => line.length > 100)).toEqual([]);
    for (const title of ['Why it matters', 'It fails when', 'It reads', 'What to do', 'Examples']) {
      expect(text).toContain(`\n${title}\n`);
    }
  });

  it('tells thresholds with their sources', () => {
    expect(explainRule(ruleSet, 'key-too-old')).toContain('params.days = 90 days; source: CIS AWS');
  });

  it('tells when a threshold was changed', async () => {
    const changed = await loadRules({ vocabulary: VOCABULARY, params: { 'key-too-old': { days: 60 } } });
    expect(explainRule(changed, 'key-too-old')).toContain(
      'params.days = 60 days (changed in the configuration; the default is 90)',
    );
  });

  it('of an unknown rule suggests the one that was meant', () => {
    const explain = () => explainRule(ruleSet, 'network-unrestrictd');
    expect(explain).toThrow(UsageError);
    expect(explain).toThrow('there is no rule network-unrestrictd; did you mean network-unrestricted?');
  });
});

describe("the rules' own examples", () => {
  const withExamples = (fails: string, passes: string): string =>
    ruleText({ examples: `{ fails: [${fails}], passes: [${passes}] }` });
  const young = '{ it: is new, facts: { key.ageDays: 1 } }';
  const old = '{ it: is old, facts: { key.ageDays: 11 } }';

  it.each([
    ['that should fail and passes', withExamples(young, young), 'is new', 'expected fail, found pass'],
    [
      'that should pass and fails',
      withExamples(old, old),
      'is old',
      'expected pass, found fail: It is 11 days old.',
    ],
    [
      'with another severity',
      withExamples('{ it: is old, facts: { key.ageDays: 11 }, severity: high }', young),
      'is old',
      'expected severity high, found medium',
    ],
    [
      'with a fact that is unknown',
      withExamples('{ it: has no date, facts: { key.ageDays: { unknown: it is missing } } }', young),
      'has no date',
      'expected fail, found unknown: key.ageDays is not known: it is missing',
    ],
  ])('one %s is a failure', async (_what, text, it, failure) => {
    await withFolder({ 'own-rule.yaml': text }, async (folder) => {
      const own = await loadRules({ vocabulary: VOCABULARY, directories: [folder], withoutBuiltIn: true });
      expect(selfTest(own).filter((result) => result.failure !== undefined)).toEqual([
        expect.objectContaining({ rule: 'own-rule', it, failure }),
      ]);
    });
  });
});
