import { describe, expect, it } from 'vitest';
import { known, notApplicable, unknown } from '../../src/core/fact.js';
import type { KeyRecord } from '../../src/core/key.js';
import { VOCABULARY } from '../../src/facts/index.js';
import { loadRules } from '../../src/rules/load.js';
import { selfTest } from '../../src/rules/self-test.js';
import { aKey, instant } from '../support/audit-result.js';
import { aContext, BUILT_IN, outcomeOf } from '../support/rule-book.js';

const ruleSet = await BUILT_IN;

describe('the built-in rules', () => {
  it('about leaks all lie in one folder, and no others with them', async () => {
    const leaks = await loadRules({ vocabulary: VOCABULARY, builtInFolder: 'leaks' });
    const { rules } = await loadRules({ vocabulary: VOCABULARY });
    expect(leaks.rules).toEqual(rules.filter(({ subject }) => subject === 'leak'));
  });

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

  it.each(ruleSet.rules.map((rule) => [rule.id, rule] as const))(
    '%s names a standard that it speaks to, unless it is pedantic',
    (_id, { maps, audience }) => {
      expect(maps.length > 0 || audience === 'pedantic').toBe(true);
    },
  );

  it('hold no text that looks like a request with a key value in it', () => {
    const texts = ruleSet.rules.flatMap((rule) => Object.values(rule.fix));
    expect(texts.filter((text) => /Authorization:|Bearer|[?&]value=/.test(text))).toEqual([]);
  });
});

describe('a new key that was never used', () => {
  const params = { 'key-unused': { days: 3, graceDays: 7 } };
  const never = (created: string) =>
    aContext({ keys: [aKey({ createdAt: known(instant(created)), lastUsedAt: known('never') })] });

  it.each([
    ['has its grace, however strict the limit', '2026-11-08', 'pass'],
    ['is unused after its grace', '2026-11-07', 'fail'],
  ])('%s', async (_what, created, verdict) => {
    const ruleSet = await loadRules({ vocabulary: VOCABULARY, params });
    expect(outcomeOf(ruleSet, 'key-unused', never(created)).verdict).toBe(verdict);
  });
});

describe("the audit's own key", () => {
  const narrow = {
    usedByAudit: true,
    permissions: known(['fetch']),
    access: known('read' as const),
    allowlist: known(['198.51.100.7/32']),
    anyAddress: known(false),
  };

  it.each<[string, Partial<KeyRecord>, string]>([
    ['is fine while it is narrow and young', { createdAt: known(instant('2026-11-01')) }, 'pass'],
    ['is too old after 90 days', { createdAt: known(instant('2026-08-16')) }, 'fail'],
    ['is not called young when nobody knows its age', { createdAt: unknown('left out') }, 'unknown'],
    [
      'is not called young when its creation lies ahead',
      { createdAt: known(instant('2030-01-01')) },
      'unknown',
    ],
    [
      'is broken by its rights, whoever knows its age',
      { createdAt: unknown('left out'), access: known('write') },
      'fail',
    ],
    [
      'is judged by its rights where no vendor tells its age',
      { createdAt: notApplicable('not told') },
      'pass',
    ],
  ])('%s', async (_what, over, verdict) => {
    const context = aContext({ keys: [aKey({ ...narrow, ...over })] });
    expect(outcomeOf(await BUILT_IN, 'auditor-overprivileged', context).verdict).toBe(verdict);
  });
});
