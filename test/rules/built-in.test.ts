import { describe, expect, it } from 'vitest';
import { selfTest } from '../../src/rules/self-test.js';
import { BUILT_IN } from '../support/rule-book.js';

const ruleSet = await BUILT_IN;

describe('the built-in rules', () => {
  it.each(selfTest(ruleSet).map((result) => [result.rule, result.expected, result.it, result.failure]))(
    '%s: %s, when it %s',
    (_rule, _expected, _it, failure) => {
      expect(failure).toBeUndefined();
    },
  );

  it.each(ruleSet.compiled.map((compiled) => [compiled.rule.id, compiled] as const))(
    '%s has an example of every severity that it can reach',
    (_id, { rule, examples }) => {
      const shown = examples.filter(({ expected }) => expected === 'fail').map(({ severity }) => severity);
      if (rule.tiers.length === 0) return;
      expect([rule.severity, ...rule.tiers].filter((severity) => !shown.includes(severity))).toEqual([]);
    },
  );

  it.each(ruleSet.rules.map((rule) => [rule.id, rule] as const))(
    '%s tells for every threshold where it comes from',
    (_id, { params }) => {
      expect(params.filter(({ source }) => source.length < 10)).toEqual([]);
    },
  );

  it('hold no text that looks like a request with a key value in it', () => {
    const texts = ruleSet.rules.flatMap((rule) => Object.values(rule.fix));
    expect(texts.filter((text) => /Authorization:|Bearer|[?&]value=/.test(text))).toEqual([]);
  });
});
