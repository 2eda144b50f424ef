import { describe, expect, it } from 'vitest';
import { keyId, sourceId, vendorId } from '../../src/core/brand.js';
import { known, notApplicable, unknown } from '../../src/core/fact.js';
import type { KeyRecord } from '../../src/core/key.js';
import type { Leak } from '../../src/core/leak.js';
import type { AuditContext } from '../../src/facts/context.js';
import { subjectsOf } from '../../src/facts/subjects.js';
import { judge } from '../../src/rules/evaluate.js';
import { aKey, aLeak, aPlace, aProject } from '../support/audit-result.js';
import { aContext, BUILT_IN, outcomeOf } from '../support/rule-book.js';

const ruleSet = await BUILT_IN;
const evaluate = (context: Partial<AuditContext>) => judge(ruleSet, subjectsOf(aContext(context)));

const vidbeoKey = (over: Partial<KeyRecord> = {}): KeyRecord =>
  aKey({
    source: sourceId('vidbeo'),
    vendor: vendorId('vidbeo'),
    kind: 'api key',
    scope: 'account',
    permissions: known(['fetch']),
    access: known('read'),
    allowlist: known(['192.0.2.7/32']),
    anyAddress: known(false),
    fingerprint: notApplicable('Vidbeo shows a value once only'),
    ...over,
  });

describe('the four verdicts', () => {
  const judgeNetwork = (allowlist: KeyRecord['allowlist']) =>
    outcomeOf(ruleSet, 'network-unrestricted', aContext({ keys: [vidbeoKey({ allowlist })] })).verdict;

  it.each([
    ['a key without a list fails', known([]), 'fail'],
    ['a key with one address passes', known(['192.0.2.7/32']), 'pass'],
    ['a key whose list is missing in the answer is unknown', unknown('ips is missing'), 'unknown'],
    ['a key of a vendor without lists is not applicable', notApplicable('no lists'), 'not-applicable'],
  ] as const)('%s', (_what, allowlist, verdict) => {
    expect(judgeNetwork(allowlist)).toBe(verdict);
  });

  it('add up to all rules times all subjects of their kind', () => {
    const keys = [aKey(), vidbeoKey(), vidbeoKey({ id: keyId('k2'), allowlist: unknown('gone') })];
    const { byVerdict } = evaluate({ keys, projects: [aProject()], leaks: [aLeak()] });
    const about = (kind: string) => ruleSet.rules.filter(({ subject }) => subject === kind).length;
    const sum = byVerdict.fail + byVerdict.pass + byVerdict.unknown + byVerdict['not-applicable'];
    expect(sum).toBe(3 * about('key') + about('source') + about('leak'));
  });

  it('what the vendor cannot tell comes before what could not be read', () => {
    const key = vidbeoKey({ allowlist: notApplicable('no lists'), createdAt: unknown('missing') });
    expect(outcomeOf(ruleSet, 'write-open-old', aContext({ keys: [key] }))).toMatchObject({
      verdict: 'not-applicable',
      text: 'no lists',
      gap: true,
    });
  });
});

describe('an observation', () => {
  it('tells what was found, in which severity, whose it is, and the next step with the ids filled in', () => {
    const { observations } = evaluate({
      keys: [vidbeoKey({ id: keyId('abcde'), allowlist: known([]), access: known('write') })],
    });
    const found = observations.find(({ rule }) => rule.id === 'network-unrestricted');
    expect(found).toMatchObject({
      verdict: 'fail',
      severity: 'high',
      owner: 'team-web',
      subject: { kind: 'key', source: 'vidbeo', id: 'abcde', vendor: 'vidbeo', name: 'web player' },
      message: 'No addresses are listed, so it works from anywhere (access: write).',
    });
    expect(found?.fix).toContain('PATCH https://api.vidbeo.com/v2/keys/abcde with {"ips": ["ADDRESS/32"]}');
  });

  it('takes the next step of the vendor', () => {
    const fixes = [aKey(), vidbeoKey()].map((key) => {
      const { observations } = evaluate({ keys: [key] });
      return observations.find(({ rule }) => rule.id === 'key-too-old')?.fix ?? '';
    });
    expect(fixes[0]).toContain('DELETE https://admin.api.video/projects/pr1/api-keys/ak1');
    expect(fixes[1]).toContain('DELETE https://api.vidbeo.com/v2/keys/ak1');
  });

  it('is rated by the worst that it may be when that is not known, and says so', () => {
    const { observations } = evaluate({
      keys: [vidbeoKey({ allowlist: known([]), access: unknown('permissions is missing') })],
    });
    const found = observations.find(({ rule }) => rule.id === 'network-unrestricted');
    expect(found?.severity).toBe('high');
    expect(found?.message).toBe(
      'No addresses are listed, so it works from anywhere (access: (not known)). ' +
        'Rated high because key.canWrite is not known: permissions is missing.',
    );
  });

  it('of an unknown verdict says which fact is missing, and why', () => {
    const { observations } = evaluate({
      keys: [vidbeoKey({ createdAt: unknown('created_time is missing') })],
    });
    const found = observations.find(({ rule }) => rule.id === 'key-too-old');
    expect(found).toMatchObject({
      verdict: 'unknown',
      message: 'key.ageDays is not known: created_time is missing',
    });
  });

  it('shortens what strangers wrote', () => {
    const list = Array.from({ length: 9 }, (_, index) => `${'x'.repeat(500)}${index}`);
    const { observations } = evaluate({ keys: [vidbeoKey({ allowlist: known(list) })] });
    const found = observations.find(({ rule }) => rule.id === 'network-malformed');
    expect(found?.message.length).toBeLessThan(1_500);
    expect(found?.message).toContain('and 4 more');
  });
});

describe('the order of observations', () => {
  it('is by rule, source and id, whatever the order of the keys was', () => {
    const keys = ['k3', 'k1', 'k2'].map((id) => vidbeoKey({ id: keyId(id), allowlist: known([]) }));
    const orderOf = (some: readonly KeyRecord[]) =>
      evaluate({ keys: some }).observations.map(({ rule, subject }) => `${rule.id} ${subject.id}`);
    expect(orderOf(keys)).toEqual([...orderOf(keys)].sort());
    expect(orderOf([...keys].reverse())).toEqual(orderOf(keys));
  });
});

describe('a capability gap', () => {
  it('is told once per vendor and rule, with the number of keys', () => {
    const keys = ['a', 'b', 'c'].map((id) => aKey({ id: keyId(id) }));
    const { gaps } = evaluate({ keys });
    expect(gaps.filter(({ rule }) => rule === 'network-unrestricted')).toEqual([
      {
        vendor: 'api-video',
        rule: 'network-unrestricted',
        reason: 'api.video cannot restrict addresses',
        subjects: 3,
      },
    ]);
  });

  it('is no gap that a rule speaks of other kinds of keys', () => {
    const { gaps } = evaluate({ keys: [aKey()] });
    expect(gaps.map(({ rule }) => rule)).not.toContain('upload-token-endless');
  });
});

describe('a leaked key', () => {
  const leak = (over: Partial<Leak> = {}): Leak => aLeak(over);

  it('is judged with the facts of the key that it is', () => {
    const { observations } = evaluate({ keys: [aKey()], leaks: [leak()] });
    const found = observations.filter(({ subject }) => subject.kind === 'leak');
    expect(found.map(({ rule, severity }) => [rule.id, severity])).toEqual([
      ['leaked-live', 'critical'],
      ['leaked-write-open', 'critical'],
    ]);
    expect(found[0]?.subject).toMatchObject({ source: 'video-prod', id: 'ak1', vendor: 'api-video' });
    expect(found[0]?.places).toHaveLength(1);
  });

  it('that is the value of two keys is judged with each of them', () => {
    const keys = [aKey(), aKey({ id: keyId('ak2') })];
    const { observations } = evaluate({ keys, leaks: [leak({ keys })] });
    const found = observations.filter(({ rule }) => rule.id === 'leaked-live');
    expect(found.map(({ subject }) => subject.id)).toEqual(['ak1', 'ak2']);
  });

  it('that is dead is no live leak', () => {
    const keys = [aKey({ live: known(false) })];
    expect(outcomeOf(ruleSet, 'leaked-live', aContext({ keys, leaks: [leak()] })).verdict).toBe('pass');
  });

  it('that may be dead is unknown, not fine', () => {
    const keys = [aKey({ live: unknown('only its fingerprint is declared') })];
    expect(outcomeOf(ruleSet, 'leaked-live', aContext({ keys, leaks: [leak()] })).verdict).toBe('unknown');
  });

  it('in a repository whose visibility nobody told is rated as if it were public', () => {
    const keys = [aKey({ access: known('read') })];
    const places = [aPlace({ visibility: 'unknown' })];
    const outcome = outcomeOf(ruleSet, 'leaked-live', aContext({ keys, leaks: [leak({ places })] }));
    expect(outcome.severity).toBe('critical');
  });

  it('that nobody knows is its own finding, named by its fingerprint and first repository', () => {
    const { observations, gaps } = evaluate({ leaks: [leak({ keys: [] })] });
    expect(observations.map(({ rule, subject }) => [rule.id, subject.source, subject.id])).toEqual([
      ['leaked-unregistered', 'acme/web', leak().fingerprint],
    ]);
    expect(gaps).toEqual([]);
  });
});
