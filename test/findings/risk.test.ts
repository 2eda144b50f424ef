import { describe, expect, it } from 'vitest';
import { keyId } from '../../src/core/brand.js';
import { known, notApplicable, unknown } from '../../src/core/fact.js';
import type { KeyRecord } from '../../src/core/key.js';
import type { Leak } from '../../src/core/leak.js';
import type { Finding } from '../../src/core/finding.js';
import { riskOrder } from '../../src/findings/risk.js';
import {
  AS_OF,
  aFinding,
  aKey,
  aLeak,
  aPlace,
  aSubject,
  fingerprintOfFake,
  instant,
} from '../support/audit-result.js';

const YOUNG = known(instant('2026-11-10'));
/** A key that only its finding speaks against. */
const harmless = (id: string, over: Partial<KeyRecord> = {}): KeyRecord =>
  aKey({
    id: keyId(id),
    live: notApplicable('nobody tells'),
    access: known('read'),
    anyAddress: known(false),
    createdAt: YOUNG,
    ...over,
  });
const about = (id: string, over: Partial<Finding> = {}): Finding =>
  aFinding({ subject: aSubject({ id }), ...over });
const leakOf = (id: string, visibility: 'public' | 'private' | 'unknown'): Leak =>
  aLeak({ keys: [{ source: aKey().source, id: keyId(id) }], places: [aPlace({ visibility })] });

const order = (findings: readonly Finding[], keys: readonly KeyRecord[], leaks: readonly Leak[] = []) =>
  riskOrder({ findings, keys, leaks, asOf: AS_OF });
const ids = (risks: ReturnType<typeof order>) => risks.map(({ subject }) => subject.id);

describe('the order of risks', () => {
  it('puts the findings about one key together, also those about its leak, worst first', () => {
    const leaked = aFinding({
      rule: 'leaked-live',
      severity: 'critical',
      subject: aSubject({ kind: 'leak', fingerprint: fingerprintOfFake('ak1') }),
    });
    const [risk, ...others] = order([leaked, about('ak1')], [aKey()], [leakOf('ak1', 'public')]);
    expect(others).toEqual([]);
    expect(risk).toMatchObject({ severity: 'critical', findings: [leaked.id, about('ak1').id] });
    expect(risk?.subject).toEqual(aSubject());
  });

  it('says why, in the order in which it counts', () => {
    const [risk] = order([about('ak1', { owner: null })], [aKey()], [leakOf('ak1', 'public')]);
    expect(risk?.because).toEqual([
      'it leaked where anybody can read it',
      'it still works',
      'it can write',
      'any address can use it',
      'it is 1140 days old',
      'nobody owns it',
    ]);
  });

  const mark = (over: Partial<KeyRecord>) => harmless('b', over);
  it.each<[string, KeyRecord, KeyRecord, readonly Leak[]]>([
    ['one that leaked in public', mark({}), harmless('a'), [leakOf('b', 'public'), leakOf('a', 'private')]],
    ['one that leaked', mark({}), harmless('a', { live: known(true) }), [leakOf('b', 'private')]],
    ['one that works', mark({ live: known(true) }), harmless('a', { access: known('write') }), []],
    ['one that may work', mark({ live: unknown('403') }), harmless('a', { access: known('write') }), []],
    ['one that can write', mark({ access: known('write') }), harmless('a', { anyAddress: known(true) }), []],
    [
      'one for any address',
      mark({ anyAddress: known(true) }),
      harmless('a', { createdAt: known(instant('2020-01-01')) }),
      [],
    ],
    ['an old one', mark({ createdAt: known(instant('2026-01-01')) }), harmless('a'), []],
    ['one of unknown age', mark({ createdAt: unknown('left out') }), harmless('a'), []],
  ])('comes to %s before another', (_what, first, second, leaks) => {
    expect(ids(order([about('a'), about('b')], [first, second], leaks))).toEqual(['b', 'a']);
  });

  it('comes to one that nobody owns before another', () => {
    expect(ids(order([about('a'), about('b', { owner: null })], [harmless('a'), harmless('b')]))).toEqual([
      'b',
      'a',
    ]);
  });

  it('lets no mark outweigh a worse finding', () => {
    const findings = [about('b', { severity: 'critical' }), about('ak1')];
    expect(ids(order(findings, [harmless('b'), aKey()], [leakOf('ak1', 'public')]))).toEqual(['b', 'ak1']);
  });

  it('leaves out what is suppressed and what could not be judged', () => {
    const findings = [about('a', { status: 'suppressed' }), about('b', { verdict: 'unknown' })];
    expect(order(findings, [harmless('a'), harmless('b')])).toEqual([]);
  });

  it('keeps a project apart from a key with the same id, and an unknown string for itself', () => {
    const stranger = fingerprintOfFake('stranger');
    const unregistered = { kind: 'leak', source: 'acme/web', id: stranger, fingerprint: stranger } as const;
    const risks = order(
      [
        about('pr1'),
        about('pr1', { subject: aSubject({ kind: 'source', id: 'pr1' }) }),
        about('', { subject: unregistered }),
      ],
      [harmless('pr1')],
      [aLeak({ fingerprint: stranger, keys: [] })],
    );
    expect(risks.map(({ subject, because }) => [subject.kind, because[0]])).toEqual([
      ['leak', 'it leaked where anybody can read it'],
      ['key', undefined],
      ['source', undefined],
    ]);
  });

  it('is the same for the same findings in any order of keys', () => {
    const findings = ['c', 'a', 'b'].map((id) => about(id));
    const keys = ['a', 'b', 'c'].map((id) => harmless(id));
    expect(order(findings, keys)).toEqual(order(findings, keys.toReversed()));
    expect(ids(order(findings, keys))).toEqual(['a', 'b', 'c']);
  });
});
