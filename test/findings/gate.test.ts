import { describe, expect, test } from 'vitest';
import type { Finding } from '../../src/core/finding.js';
import type { GatePolicy } from '../../src/core/policy.js';
import { exitCodeOf, gate } from '../../src/findings/gate.js';
import { aCoverage, aFinding, instant } from '../support/audit-result.js';

const POLICY: GatePolicy = { failOn: 'high', newOnly: false, incomplete: 'fail' };
const COMPLETE = [aCoverage()];
const HOLED = [aCoverage(), aCoverage({ source: 'xr', status: 'failed', reason: '401' })];

describe('the gate fails', () => {
  test.each<[string, Partial<Finding>, Partial<GatePolicy>]>([
    ['on a finding at the threshold', { severity: 'high' }, {}],
    ['on a finding above the threshold', { severity: 'critical' }, {}],
    ['with medium confidence', { severity: 'high', confidence: 'medium' }, {}],
    ['on a known finding', { severity: 'high', status: 'known' }, {}],
    ['on a new finding when only new ones count', { severity: 'high' }, { newOnly: true }],
    ['on anything when the threshold is the lowest', { severity: 'info' }, { failOn: 'info' }],
  ])('%s', (_case, over, policy) => {
    const verdict = gate({
      findings: [aFinding(over)],
      coverage: COMPLETE,
      policy: { ...POLICY, ...policy },
    });
    expect(verdict.result).toBe('fail');
    expect(exitCodeOf(verdict)).toBe(1);
    expect(verdict.reasons[0]).toMatch(/^1 (active|new) \w+ finding/);
  });
});

describe('the gate passes', () => {
  test.each<[string, Partial<Finding>, Partial<GatePolicy>]>([
    ['below the threshold', { severity: 'medium' }, {}],
    ['with low confidence', { severity: 'critical', confidence: 'low' }, {}],
    ['on what is suppressed', { severity: 'critical', status: 'suppressed' }, {}],
    ['on what could not be judged', { severity: 'critical', verdict: 'unknown' }, {}],
    [
      'on a known finding when only new ones count',
      { severity: 'critical', status: 'known' },
      { newOnly: true },
    ],
  ])('%s', (_case, over, policy) => {
    const verdict = gate({
      findings: [aFinding(over)],
      coverage: COMPLETE,
      policy: { ...POLICY, ...policy },
    });
    expect(verdict.result).toBe('pass');
    expect(exitCodeOf(verdict)).toBe(0);
    expect(verdict.reasons).not.toEqual([]);
  });
});

describe('an audit that could not read everything', () => {
  test('is incomplete, and says so', () => {
    const verdict = gate({ findings: [], coverage: HOLED, policy: POLICY });
    expect(verdict).toEqual({
      result: 'incomplete',
      reasons: ['1 source or repository could not be read completely'],
    });
    expect(exitCodeOf(verdict)).toBe(3);
  });

  test('fails all the same when something was found, with both reasons', () => {
    const verdict = gate({ findings: [aFinding({ severity: 'high' })], coverage: HOLED, policy: POLICY });
    expect(exitCodeOf(verdict)).toBe(1);
    expect(verdict.reasons).toHaveLength(2);
  });

  test('passes with a warning where the policy says so', () => {
    const verdict = gate({ findings: [], coverage: HOLED, policy: { ...POLICY, incomplete: 'warn' } });
    expect(exitCodeOf(verdict)).toBe(0);
    expect(verdict.reasons.join(' ')).toContain('could not be read');
  });

  test('is incomplete when it looked at nothing at all', () => {
    expect(gate({ findings: [], coverage: [], policy: POLICY }).result).toBe('incomplete');
  });
});

describe('a source in whose place an earlier inventory is judged', () => {
  const policy: GatePolicy = { ...POLICY, incomplete: 'last-good' };
  const stoodIn = aCoverage({
    source: 'xr',
    status: 'partial',
    reason: '401',
    readAt: instant('2026-11-10'),
  });
  const why = 'xr could not be read whole; its last complete inventory counts, of 2026-11-10';

  test('lets the gate pass, with the reason and its date, once however many parts it has', () => {
    const verdict = gate({
      findings: [],
      coverage: [aCoverage(), stoodIn, { ...stoodIn, part: 'b' }],
      policy,
    });
    expect(exitCodeOf(verdict)).toBe(0);
    expect(verdict.reasons).toEqual([expect.stringContaining('No active finding'), why]);
  });

  test('fails it all the same when something was found', () => {
    const verdict = gate({ findings: [aFinding({ severity: 'high' })], coverage: [stoodIn], policy });
    expect(exitCodeOf(verdict)).toBe(1);
    expect(verdict.reasons).toContain(why);
  });

  test.each([
    ['another source', aCoverage({ source: 'v', status: 'failed', reason: '500' })],
    ['another part of it', aCoverage({ source: 'xr', part: 'b', status: 'partial', reason: '500' })],
    ['a repository', aCoverage({ source: 'acme/web', kind: 'repository', status: 'failed', reason: '404' })],
  ])('does not stand in for %s', (_what, hole) => {
    const verdict = gate({ findings: [], coverage: [stoodIn, hole], policy });
    expect(exitCodeOf(verdict)).toBe(3);
    expect(verdict.reasons).toEqual(['1 source or repository could not be read completely', why]);
  });

  test('does not count under another policy', () => {
    expect(gate({ findings: [], coverage: [stoodIn], policy: POLICY }).result).toBe('incomplete');
  });
});
