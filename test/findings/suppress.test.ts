import { describe, expect, test } from 'vitest';
import type { Suppression } from '../../src/core/policy.js';
import { suppress } from '../../src/findings/suppress.js';
import { AS_OF, aFinding, aSubject, fingerprintOfFake } from '../support/audit-result.js';

const suppression = (over: Partial<Suppression> = {}): Suppression => ({
  rule: 'key-too-old',
  subject: 'video-prod/ak1',
  reason: 'migration',
  statement: 'The player moves to upload tokens.',
  owner: 'team-web',
  created: '2026-11-01',
  expires: '2026-12-01',
  at: { file: 'audit.config.yaml', line: 40 },
  ...over,
});

const finding = aFinding();
const TODAY = { asOf: AS_OF, complete: true };

describe('a suppression counts', () => {
  test.each([
    ['until its last day has ended', { expires: '2026-11-15' }],
    ['when its last day is tomorrow', { expires: '2026-11-16' }],
    ['for exactly 180 days', { created: '2026-11-01', expires: '2027-04-30' }],
    ['when somebody east of Greenwich wrote it tomorrow', { created: '2026-11-16' }],
  ])('%s', (_case, over) => {
    const { findings, notes } = suppress([finding], [suppression(over)], TODAY);
    expect(findings[0]).toMatchObject({ status: 'suppressed', suppression: { owner: 'team-web' } });
    expect(notes).toEqual([]);
  });
});

describe('a finding is back, with a note,', () => {
  test.each([
    ['the day after the last day', { expires: '2026-11-14' }, 'has expired'],
    ['when the last day is no date', { expires: 'soon' }, '`expires` is not a date'],
    ['when the last day is not in the calendar', { expires: '2027-02-30' }, '`expires` is not a date'],
    ['when the last day has a time', { expires: '2026-12-01T00:00:00Z' }, '`expires` is not a date'],
    ['when the first day is no date', { created: '' }, '`created` is not a date'],
    ['when it lasts 181 days', { created: '2026-11-01', expires: '2027-05-01' }, 'longer than 180 days'],
    ['when it ends before it begins', { expires: '2026-10-31' }, 'expires before'],
    ['when it begins in the future', { created: '2026-11-20' }, 'future'],
    ['when nobody owns it', { owner: '  ' }, 'no owner'],
    ['when it says nothing', { statement: '' }, 'no statement'],
    ['when its reason is none of ours', { reason: 'because' }, 'reason'],
  ])('%s', (_case, over, expected) => {
    const { findings, notes } = suppress([finding], [suppression(over)], TODAY);
    expect(findings).toEqual([finding]);
    expect(notes).toHaveLength(1);
    expect(notes[0]).toContain(expected);
    expect(notes[0]).toContain('audit.config.yaml:40');
  });
});

describe('a suppression does not reach', () => {
  test.each([
    ['another rule', { rule: 'key-unused' }],
    ['another subject', { subject: 'video-prod/ak2' }],
    ['subjects that begin like it', { subject: 'video-prod/ak' }],
    ['by a pattern', { subject: 'video-prod/*' }],
  ])('%s, and is reported as unused', (_case, over) => {
    const { findings, notes } = suppress([finding], [suppression(over)], TODAY);
    expect(findings).toEqual([finding]);
    expect(notes[0]).toContain('matches no finding');
  });

  test('a different secret in the same repository', () => {
    const leakOf = (seed: string) => {
      const fingerprint = fingerprintOfFake(seed);
      return aFinding({
        rule: 'leaked-unregistered',
        subject: aSubject({ kind: 'leak', source: 'acme/web', id: fingerprint, fingerprint }),
      });
    };
    const first = suppression({ rule: 'leaked-unregistered', subject: `acme/web/${fingerprintOfFake('a')}` });
    const { findings } = suppress([leakOf('a'), leakOf('b')], [first], TODAY);
    expect(findings.map(({ status }) => status)).toEqual(['suppressed', 'new']);
  });
});

describe('the leak of a key', () => {
  const leakOf = (seed: string) =>
    aFinding({
      rule: 'leaked-live',
      subject: aSubject({ kind: 'leak', source: 'xr', id: 'etl', fingerprint: fingerprintOfFake(seed) }),
    });
  const old = suppression({ rule: 'leaked-live', subject: `xr/etl/${fingerprintOfFake('old')}` });

  test('is suppressed by key and string, and the next value under the same id shows', () => {
    const { findings, notes } = suppress([leakOf('old'), leakOf('next')], [old], TODAY);
    expect(findings.map(({ status }) => status)).toEqual(['suppressed', 'new']);
    expect(notes).toEqual([]);
    expect(suppress([leakOf('next')], [old], TODAY).findings[0]?.status).toBe('new');
  });

  test('is not suppressed by the key alone, and the note says what to write', () => {
    const { findings, notes } = suppress([leakOf('old')], [{ ...old, subject: 'xr/etl' }], TODAY);
    expect(findings[0]?.status).toBe('new');
    expect(notes[0]).toContain(`its string: xr/etl/${fingerprintOfFake('old')}.`);
  });
});

test('an incomplete audit tells nobody to remove a suppression that matches nothing', () => {
  const { notes } = suppress([], [suppression()], { asOf: AS_OF, complete: false });
  expect(notes).toHaveLength(1);
  expect(notes[0]).not.toContain('remove');
});

test('of two suppressions for the same finding the second is reported', () => {
  const second = suppression({ at: { file: 'audit.config.yaml', line: 50 }, owner: 'someone' });
  const { findings, notes } = suppress([finding], [suppression(), second], TODAY);
  expect(findings[0]?.suppression?.owner).toBe('team-web');
  expect(notes).toEqual([expect.stringContaining('audit.config.yaml:50) repeats')]);
});

test('a valid suppression after an expired one for the same finding counts', () => {
  const { findings } = suppress([finding], [suppression({ expires: '2026-11-02' }), suppression()], TODAY);
  expect(findings[0]?.status).toBe('suppressed');
});
