import { describe, expect, it } from 'vitest';
import { keyId } from '../../src/core/brand.js';
import { known, unknown } from '../../src/core/fact.js';
import type { Fact } from '../../src/core/fact.js';
import { type Instant, parseInstant } from '../../src/core/instant.js';
import type { KeyRecord } from '../../src/core/key.js';
import type { AuditContext } from '../../src/facts/context.js';
import { aKey, aProject, instant } from '../support/audit-result.js';
import { aContext, BUILT_IN, outcomeOf } from '../support/rule-book.js';

const AS_OF = instant('2026-03-01T00:00:00Z');

/** As a provider reads a vendor's text: what is no date is unknown. */
function read(text: string | undefined): Fact<Instant> {
  if (text === undefined) return unknown('the field is missing');
  const at = parseInstant(text);
  return at === undefined ? unknown('the field is no date') : known(at);
}

const daysAgo = (days: number): string =>
  new Date(Date.parse('2026-03-01T00:00:00Z') - days * 86_400_000).toISOString();

const ofKey = (over: Partial<KeyRecord>, more: Partial<AuditContext> = {}): AuditContext =>
  aContext({ asOf: AS_OF, keys: [aKey(over)], ...more });

const created = (text: string | undefined): AuditContext => ofKey({ createdAt: read(text) });
const used = (lastUsedAt: KeyRecord['lastUsedAt'], createdAt = read(daysAgo(100))): AuditContext =>
  ofKey({ lastUsedAt, createdAt });
const openWriter = (text: string | undefined): AuditContext =>
  ofKey({ createdAt: read(text), allowlist: known([]), anyAddress: known(true), access: known('write') });
const idle = (text: string | undefined): AuditContext =>
  aContext({
    asOf: AS_OF,
    projects: [aProject({ createdAt: read(text), delivery: known([]), hosting: known([]) })],
  });
const goesOn = (deletesAt: Fact<Instant | 'never'>): AuditContext =>
  aContext({ asOf: AS_OF, projects: [aProject({ deletesAt })] });

type Case = readonly [situation: string, context: AuditContext, verdict: string];

const MATRIX: Readonly<Record<string, readonly Case[]>> = {
  'key-too-old': [
    ['was created at the very moment of the audit', created('2026-03-01T00:00:00Z'), 'pass'],
    ['is exactly 90 days old', created(daysAgo(90)), 'pass'],
    ['is one second short of 91 days old', created('2025-11-30T00:00:01Z'), 'pass'],
    ['is 91 days old', created(daysAgo(91)), 'fail'],
    ['was created tomorrow', created('2026-03-02T00:00:00Z'), 'unknown'],
    ['was created one millisecond from now', created('2026-03-01T00:00:00.001Z'), 'unknown'],
    ['was created on a date that nobody can parse', created('last spring'), 'unknown'],
    ['was created on 30 February', created('2025-02-30'), 'unknown'],
    ['has no creation date', created(undefined), 'unknown'],
    ['is of a source that failed', ofKey({ createdAt: unknown('the vendor answered 500') }), 'unknown'],
    ['was created 91 days ago, told in another time zone', created('2025-11-30T05:00:00+05:00'), 'fail'],
    ['was created 90 days ago, told in another time zone', created('2025-11-30T00:00:00-05:00'), 'pass'],
    ['was created on a leap day', created('2024-02-29'), 'fail'],
    ['was created by a clock of the year 1970', created('1970-01-01T00:00:00Z'), 'fail'],
    ['was created by a clock of the year 9999', created('9999-12-31T23:59:59Z'), 'unknown'],
    ['was renamed yesterday, but is old', ofKey({ updatedAt: read(daysAgo(1)) }), 'fail'],
    ['is old but dead', ofKey({ live: known(false) }), 'not-applicable'],
    ['is old, and nobody knows whether it is dead', ofKey({ live: unknown('not asked') }), 'fail'],
  ],
  'key-unused': [
    ['was never used and is 46 days old', used(known('never'), read(daysAgo(46))), 'fail'],
    ['was never used and is exactly 45 days old', used(known('never'), read(daysAgo(45))), 'pass'],
    ['was never used and has no creation date', used(known('never'), read(undefined)), 'unknown'],
    ['was never used and was created tomorrow', used(known('never'), read(daysAgo(-1))), 'unknown'],
    ['was used zero days ago', used(read(daysAgo(0))), 'pass'],
    ['was used exactly 45 days ago', used(read(daysAgo(45))), 'pass'],
    ['was used 46 days ago', used(read(daysAgo(46))), 'fail'],
    ['was used tomorrow', used(read(daysAgo(-1))), 'unknown'],
    ['was used on a date that nobody can parse', used(read('-')), 'unknown'],
    ['has no last use in the answer', used(read(undefined)), 'unknown'],
    ['is of a vendor that does not tell', ofKey({}), 'not-applicable'],
    [
      'was used today, while a second key of the same person was not',
      ofKey(
        { lastUsedAt: read(daysAgo(0)) },
        {
          keys: [
            aKey({ lastUsedAt: read(daysAgo(0)) }),
            aKey({ id: keyId('second'), lastUsedAt: known('never') }),
          ],
        },
      ),
      'pass',
    ],
  ],
  'write-open-old': [
    ['is exactly 365 days old', openWriter(daysAgo(365)), 'pass'],
    ['is 366 days old', openWriter(daysAgo(366)), 'fail'],
    ['was created in the future', openWriter(daysAgo(-1)), 'unknown'],
    ['has no creation date', openWriter(undefined), 'unknown'],
  ],
  'project-idle': [
    ['is exactly 30 days old', idle(daysAgo(30)), 'pass'],
    ['is 31 days old', idle(daysAgo(31)), 'fail'],
    ['was created in the future', idle(daysAgo(-1)), 'unknown'],
    ['has no creation date', idle(undefined), 'unknown'],
  ],
  'project-being-deleted': [
    ['is never deleted', goesOn(known('never')), 'pass'],
    ['goes today', goesOn(read(daysAgo(0))), 'fail'],
    ['goes in ten years', goesOn(read('2036-03-01')), 'fail'],
    ['should have gone yesterday', goesOn(read(daysAgo(1))), 'fail'],
    ['goes on a date that nobody can parse', goesOn(read('next_cycle')), 'unknown'],
    ['has no deletion date in the answer', goesOn(read(undefined)), 'unknown'],
  ],
};

describe.each(Object.entries(MATRIX))('%s', (rule, cases) => {
  it.each(cases)('judges a subject that %s', async (_situation, context, verdict) => {
    expect(outcomeOf(await BUILT_IN, rule, context).verdict).toBe(verdict);
  });
});

describe('the severity of a date', () => {
  it.each([
    [91, 'medium'],
    [365, 'medium'],
    [366, 'high'],
  ])('of a key of %i days is %s', async (days, severity) => {
    expect(outcomeOf(await BUILT_IN, 'key-too-old', created(daysAgo(days))).severity).toBe(severity);
  });

  it.each([
    [7, 'high'],
    [8, 'medium'],
    [-1, 'high'],
  ])('of a project that goes in %i days is %s', async (days, severity) => {
    const context = goesOn(read(daysAgo(-days)));
    expect(outcomeOf(await BUILT_IN, 'project-being-deleted', context).severity).toBe(severity);
  });
});

describe('as of another day', () => {
  it('the same key is judged by the day that is asked for, not by the clock', async () => {
    const keys = [aKey({ createdAt: read('2030-01-01') })];
    const on = (day: string) =>
      outcomeOf(awaited, 'key-too-old', aContext({ asOf: instant(day), keys })).verdict;
    const awaited = await BUILT_IN;
    expect([on('2029-12-31'), on('2030-01-01'), on('2030-04-01'), on('2030-04-02')]).toEqual([
      'unknown',
      'pass',
      'pass',
      'fail',
    ]);
  });
});
