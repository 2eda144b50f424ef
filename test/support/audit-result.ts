import { keyId, sourceId, vendorId } from '../../src/core/brand.js';
import type { Coverage } from '../../src/core/coverage.js';
import { known, notApplicable, unknown } from '../../src/core/fact.js';
import type { Finding, Subject } from '../../src/core/finding.js';
import { type Instant, parseInstant } from '../../src/core/instant.js';
import type { KeyRecord, ProjectRecord } from '../../src/core/key.js';
import type { Leak, Place } from '../../src/core/leak.js';
import type { AuditResult } from '../../src/core/result.js';
import type { Rule } from '../../src/core/rule.js';
import { Secret } from '../../src/core/secret.js';
import { count } from '../../src/findings/count.js';
import { fingerprintOf } from '../../src/findings/fingerprint.js';
import { gate } from '../../src/findings/gate.js';
import { riskOrder } from '../../src/findings/risk.js';
import { compareFindings } from '../../src/findings/order.js';
import { fakeKey } from '../../src/sandbox/fake-keys.js';

/** Builders of typed, deterministic audit results; each takes only what a test cares about. */

export function instant(text: string): Instant {
  const parsed = parseInstant(text);
  if (parsed === undefined) throw new Error(`not an instant: ${text}`);
  return parsed;
}

export const AS_OF = instant('2026-11-15');

export const fingerprintOfFake = (seed: string) => Secret.of(fakeKey('api-video', seed)).fingerprint();

export function aKey(over: Partial<KeyRecord> = {}): KeyRecord {
  return {
    source: sourceId('video-prod'),
    id: keyId('ak1'),
    vendor: vendorId('api-video'),
    kind: 'project key',
    scope: 'project',
    name: known('web player'),
    project: known({ id: 'pr1', name: 'Shop videos' }),
    createdAt: known(instant('2023-10-01T08:00:00Z')),
    updatedAt: unknown('the vendor left `updatedAt` out'),
    expiresAt: notApplicable('api.video keys cannot expire'),
    lastUsedAt: notApplicable('api.video does not tell when a key was used'),
    access: known('write'),
    permissions: known([]),
    allowlist: notApplicable('api.video cannot restrict addresses'),
    anyAddress: known(true),
    createdBy: notApplicable('api.video does not tell who made a key'),
    live: known(true),
    format: notApplicable('api.video has one format'),
    reaches: known(['Shop videos']),
    fingerprint: known(fingerprintOfFake('ak1')),
    usedByAudit: false,
    declared: {
      owner: 'team-web',
      system: 'shop',
      purpose: undefined,
      access: 'read',
      environment: 'production',
      reviewBy: undefined,
      expires: undefined,
      status: 'active',
      at: { file: 'audit.keys.yaml', line: 12 },
    },
    ...over,
  };
}

export function aProject(over: Partial<ProjectRecord> = {}): ProjectRecord {
  return {
    source: sourceId('video-prod'),
    vendor: vendorId('api-video'),
    id: 'pr1',
    name: known('Shop videos'),
    createdAt: known(instant('2022-01-01')),
    deleted: known(false),
    deletesAt: known('never'),
    keyCount: known(1),
    delivery: known([{ collectedOn: '2026-11-14', minutes: 120 }]),
    hosting: unknown('the vendor answered 500'),
    ...over,
  };
}

export function aPlace(over: Partial<Place> = {}): Place {
  return {
    repository: 'acme/web',
    visibility: 'public',
    fork: false,
    closedAt: undefined,
    kind: 'file',
    commit: '1'.repeat(40),
    path: 'src/player.ts',
    line: 7,
    column: 15,
    firstSeen: instant('2024-02-03T10:00:00Z'),
    inHead: true,
    pathInHead: true,
    removedAt: undefined,
    refs: { names: ['refs/heads/main'], count: 1 },
    encoding: 'plain',
    url: `https://github.com/acme/web/blob/${'1'.repeat(40)}/src/player.ts#L7`,
    ...over,
  };
}

export function aLeak(over: Partial<Leak> = {}): Leak {
  return {
    fingerprint: fingerprintOfFake('ak1'),
    vendor: 'api-video',
    recognition: { by: 'value' },
    confidence: 'high',
    places: [aPlace()],
    keys: [{ source: sourceId('video-prod'), id: keyId('ak1') }],
    ...over,
  };
}

export function aRule(over: Partial<Rule> = {}): Rule {
  return {
    id: 'key-too-old',
    title: 'The key is too old',
    subject: 'key',
    severity: 'medium',
    tiers: [],
    confidence: 'high',
    audience: 'regular',
    why: 'The longer a key lives, the more people and machines have seen it.',
    fix: { default: 'Make a new key, switch over, delete this one.' },
    needs: ['age_days'],
    when: 'age_days > params.days',
    params: [{ name: 'days', value: 90, default: 90, unit: 'days', source: 'our judgement' }],
    maps: [
      { standard: 'OWASP NHI Top 10', id: 'NHI7', strength: 'direct' },
      { standard: 'CWE', id: 'CWE-324', strength: 'partial' },
    ],
    references: ['https://owasp.org/www-project-non-human-identities-top-10/'],
    file: 'keys/key-too-old.yaml',
    ...over,
  };
}

export const aSubject = (over: Partial<Subject> = {}): Subject => ({
  kind: 'key',
  source: 'video-prod',
  id: 'ak1',
  vendor: 'api-video',
  name: 'web player',
  project: 'Shop videos',
  ...over,
});

/** The id follows from rule and subject, as in a real run, unless the test gives one. */
export function aFinding(over: Partial<Finding> = {}): Finding {
  const rule = over.rule ?? 'key-too-old';
  const subject = over.subject ?? aSubject();
  return {
    id: fingerprintOf(rule, subject),
    rule,
    severity: 'medium',
    confidence: 'high',
    verdict: 'fail',
    subject,
    message: 'The key is 1,141 days old; at most 90 are allowed.',
    owner: 'team-web',
    status: 'new',
    places: [],
    fix: 'Make a new key in project pr1, switch over, then DELETE /projects/pr1/api-keys/ak1.',
    ...over,
  };
}

export const aCoverage = (over: Partial<Coverage> = {}): Coverage => ({
  source: 'video-prod',
  kind: 'vendor',
  part: 'keys',
  status: 'complete',
  expected: 1,
  seen: 1,
  ...over,
});

export interface ResultParts extends Partial<Omit<AuditResult, 'counts' | 'gate'>> {
  /** Judgements that passed or did not apply; `fail` and `unknown` are counted from the findings. */
  readonly quiet?: { readonly pass: number; readonly notApplicable: number };
}

/** A consistent result: counts and gate are computed, findings put in order. */
export function aResult({ quiet, ...parts }: ResultParts = {}): AuditResult {
  const findings = (parts.findings ?? []).toSorted(compareFindings);
  const coverage = parts.coverage ?? [aCoverage()];
  const keys = parts.keys ?? [aKey()];
  const projects = parts.projects ?? [aProject()];
  const leaks = parts.leaks ?? [];
  const fail = findings.filter((finding) => finding.verdict === 'fail').length;
  const byVerdict = {
    fail,
    unknown: findings.length - fail,
    pass: quiet?.pass ?? 5,
    'not-applicable': quiet?.notApplicable ?? 2,
  };
  return {
    schemaVersion: 1,
    tool: { name: 'keyaudit', version: '0.1.0' },
    run: { asOf: AS_OF, startedAt: AS_OF, finishedAt: AS_OF },
    gaps: [],
    notes: [],
    rules: [aRule()],
    risks: riskOrder({ findings, keys, leaks, asOf: AS_OF }),
    ...parts,
    coverage,
    keys,
    projects,
    leaks,
    findings,
    counts: count({ findings, byVerdict, keys, projects, leaks }),
    gate: gate({ findings, coverage, policy: { failOn: 'high', newOnly: false, incomplete: 'fail' } }),
  };
}
