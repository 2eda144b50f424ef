import { describe, expect, it } from 'vitest';
import { inferred, known, mapFact, notApplicable } from '../../src/core/fact.js';
import { sourceId, vendorId } from '../../src/core/brand.js';
import type { KeyRecord } from '../../src/core/key.js';
import type { Confidence } from '../../src/core/leak.js';
import { VOCABULARY } from '../../src/facts/index.js';
import { subjectsOf } from '../../src/facts/subjects.js';
import { toFindings } from '../../src/findings/assemble.js';
import { judge } from '../../src/rules/evaluate.js';
import { listFacts } from '../../src/rules/list-facts.js';
import { aKey, AS_OF } from '../support/audit-result.js';
import { aContext, BUILT_IN } from '../support/rule-book.js';

const NOBODY = { ...aKey(), declared: undefined };
const declaredAs = (over: Partial<NonNullable<KeyRecord['declared']>>): KeyRecord['declared'] => {
  const { declared } = aKey();
  return declared && { ...declared, ...over };
};

const confidenceOf = (name: string, over: Partial<KeyRecord>): Confidence | 'not known' => {
  const [subject] = subjectsOf(aContext({ keys: [aKey(over)] }));
  const answer = subject?.fact(name);
  return answer?.state === 'known' ? (answer.confidence ?? 'high') : 'not known';
};

describe('a fact', () => {
  it.each<[string, string, Partial<KeyRecord>, Confidence]>([
    [
      'that the register says is sure',
      'key.environments',
      { name: known('shop'), declared: declaredAs({ environment: 'test' }) },
      'high',
    ],
    [
      'that name and register say is sure',
      'key.environments',
      { name: known('test shop'), declared: declaredAs({ environment: 'test' }) },
      'high',
    ],
    [
      'that only a name says is less sure',
      'key.environments',
      { ...NOBODY, name: known('test shop') },
      'medium',
    ],
    [
      'that a name adds to the register is less sure',
      'key.environments',
      { name: known('prod shop'), declared: declaredAs({ environment: 'test' }) },
      'medium',
    ],
    ['that nothing speaks of is sure', 'key.environments', { ...NOBODY, name: known('shop') }, 'high'],
    [
      'of the access that is declared is sure',
      'key.intendedAccess',
      { declared: declaredAs({ access: 'read' }) },
      'high',
    ],
    [
      'of the access that a name promises is less sure',
      'key.intendedAccess',
      { ...NOBODY, name: known('daily report') },
      'medium',
    ],
    ['that words in a name hint at is least sure', 'key.nameWords', { name: known("anna's laptop") }, 'low'],
    ['of the vendor is sure', 'key.name', {}, 'high'],
    [
      'of the system that is declared is sure',
      'key.systems',
      { declared: declaredAs({ system: 'shop' }) },
      'high',
    ],
  ])('%s', (_what, name, over, expected) => {
    expect(confidenceOf(name, over)).toBe(expected);
  });

  it('derived from another is as sure as that', () => {
    expect(mapFact(inferred(2, 'low'), (value) => value + 1)).toEqual(inferred(3, 'low'));
    expect(mapFact(known(2), (value) => value + 1)).toEqual(known(3));
  });

  it('is never less sure than the vocabulary says', () => {
    const keys = [
      aKey(),
      aKey({ ...NOBODY, name: known('prod report of anna'), project: known({ id: 'p', name: 'test' }) }),
    ];
    const order = ['high', 'medium', 'low'];
    for (const subject of subjectsOf(aContext({ keys }))) {
      for (const { name, confidence = 'high' } of VOCABULARY.key) {
        const answer = subject.fact(name);
        const found = answer.state === 'known' ? (answer.confidence ?? 'high') : 'high';
        expect(order.indexOf(found), name).toBeLessThanOrEqual(order.indexOf(confidence));
      }
    }
  });

  it('says in the list of facts how sure it is', () => {
    const lines = listFacts(VOCABULARY, new Map()).split('\n');
    const at = lines.findIndex((line) => line.startsWith('key.environments'));
    expect(lines.slice(at, at + 4).join(' ')).toContain('confidence medium where only a name says it');
  });
});

describe('a finding', () => {
  const writer = (over: Partial<KeyRecord>): KeyRecord =>
    aKey({
      source: sourceId('vidbeo'),
      vendor: vendorId('vidbeo'),
      kind: 'api key',
      scope: 'account',
      permissions: known(['fetch', 'create']),
      access: known('write'),
      allowlist: known(['198.51.100.7']),
      anyAddress: known(false),
      fingerprint: notApplicable('shown once'),
      ...over,
    });

  it.each<[string, Partial<KeyRecord>, Confidence]>([
    [
      'that rests on the register is as sure as its rule',
      { declared: declaredAs({ access: 'read' }) },
      'high',
    ],
    [
      'that rests on a name is no surer than a name',
      { declared: undefined, name: known('report') },
      'medium',
    ],
  ])('%s', async (_what, over, confidence) => {
    const evaluation = judge(await BUILT_IN, subjectsOf(aContext({ keys: [writer(over)] })));
    const { findings } = toFindings(evaluation, { asOf: AS_OF, suppressions: [] });
    expect(findings.find(({ rule }) => rule === 'write-not-needed')).toMatchObject({
      verdict: 'fail',
      confidence,
    });
  });
});
