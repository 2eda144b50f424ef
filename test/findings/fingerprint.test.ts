import { describe, expect, test } from 'vitest';
import { fingerprintOf } from '../../src/findings/fingerprint.js';
import { aSubject, fingerprintOfFake } from '../support/audit-result.js';

const key = aSubject();
const registered = aSubject({ kind: 'leak', fingerprint: fingerprintOfFake('a') });
const stranger = aSubject({ kind: 'leak', id: fingerprintOfFake('b'), fingerprint: fingerprintOfFake('b') });

describe('a finding keeps its id', () => {
  test.each([
    ['when the key is renamed', key, aSubject({ name: 'other' })],
    ['when its project is renamed', key, aSubject({ project: 'other' })],
    [
      'when an unregistered string is first seen in another repository',
      stranger,
      { ...stranger, source: 'acme/b' },
    ],
  ])('%s', (_case, before, after) => {
    expect(fingerprintOf('rule', after)).toBe(fingerprintOf('rule', before));
  });
});

describe('a finding has another id', () => {
  test.each([
    ['for another key', 'rule', aSubject({ id: 'ak2' })],
    ['for the same id in another source', 'rule', aSubject({ source: 'video-test' })],
    ['for another rule', 'other', key],
    ['for a leak of the key', 'rule', registered],
    [
      'where source and id run together to the same text',
      'rule',
      aSubject({ source: 'video-proda', id: 'k1' }),
    ],
  ])('%s', (_case, rule, subject) => {
    expect(fingerprintOf(rule, subject)).not.toBe(fingerprintOf('rule', key));
  });

  test('for another value of the same key that leaked', () => {
    const next = { ...registered, fingerprint: fingerprintOfFake('b') };
    expect(fingerprintOf('rule', next)).not.toBe(fingerprintOf('rule', registered));
  });

  test('for another unregistered string in the same repository', () => {
    const other = fingerprintOfFake('c');
    expect(fingerprintOf('rule', { ...stranger, id: other, fingerprint: other })).not.toBe(
      fingerprintOf('rule', stranger),
    );
  });
});

test('an id is 32 lower-case hex digits', () => {
  expect(fingerprintOf('rule', key)).toMatch(/^[0-9a-f]{32}$/);
});
