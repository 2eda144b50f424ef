import { keyId, sourceId, vendorId } from '../../src/core/brand.js';
import type { Drift } from '../../src/core/drift.js';
import { known, unknown } from '../../src/core/fact.js';
import type { Finding } from '../../src/core/finding.js';
import type { AuditResult } from '../../src/core/result.js';
import { withAudit } from '../../src/findings/history.js';
import {
  aCoverage,
  aFinding,
  aKey,
  aLeak,
  aPlace,
  aProject,
  aResult,
  aRule,
  aSubject,
  fingerprintOfFake,
  instant,
} from './audit-result.js';

const STRANGER = fingerprintOfFake('stranger');

const RULES = [
  aRule(),
  aRule({
    id: 'leaked-live',
    title: 'A living key stands in a repository',
    subject: 'leak',
    severity: 'critical',
    maps: [
      { standard: 'CWE', id: 'CWE-798', strength: 'direct' },
      { standard: 'OWASP NHI Top 10', id: 'NHI2', strength: 'direct' },
    ],
  }),
  aRule({ id: 'leaked-unregistered', subject: 'leak', severity: 'medium', tiers: ['critical'] }),
  aRule({
    id: 'project-idle',
    title: 'Nobody uses the project',
    subject: 'source',
    severity: 'low',
    maps: [],
  }),
];

const OLDER = aPlace({
  repository: 'acme/tools',
  path: 'a b/[x].env',
  line: 3,
  inHead: false,
  pathInHead: false,
  removedAt: instant('2024-06-12T09:00:00Z'),
  commit: '2'.repeat(40),
  firstSeen: instant('2023-11-05T12:00:00Z'),
  visibility: 'private',
  refs: { names: ['refs/heads/old', 'refs/tags/v1'], count: 7 },
  encoding: 'base64',
  url: undefined,
});

const LEAKS = [
  aLeak({ places: [OLDER, aPlace()] }),
  aLeak({
    fingerprint: STRANGER,
    keys: [],
    confidence: 'medium',
    recognition: { by: 'detector', detector: 'vidbeo-context' },
    vendor: 'vidbeo',
    places: [
      aPlace({
        kind: 'commit-message',
        path: undefined,
        inHead: false,
        refs: undefined,
        pathInHead: undefined,
        line: 2,
      }),
    ],
  }),
];

const idle: Finding = aFinding({
  rule: 'project-idle',
  severity: 'low',
  subject: aSubject({ kind: 'source', id: 'pr1', name: 'Shop videos' }),
  message: 'Nothing was delivered for 30 days.',
  status: 'suppressed',
  suppression: { reason: 'migration', statement: 'Moves {soon}', owner: 'team-web', expires: '2026-12-31' },
});

function findings(): readonly Finding[] {
  const old = ['ak1', 'ak2', 'ak3'].map((id) =>
    aFinding({ subject: aSubject({ id, name: `player ${id}` }), fix: `DELETE /projects/pr1/api-keys/${id}` }),
  );
  const leaked = aFinding({
    rule: 'leaked-live',
    severity: 'critical',
    subject: aSubject({ kind: 'leak', fingerprint: fingerprintOfFake('ak1') }),
    message: 'A living key stands in 2 places, one of them public.',
    places: [OLDER, aPlace()],
  });
  const stranger = aFinding({
    rule: 'leaked-unregistered',
    confidence: 'medium',
    owner: null,
    subject: { kind: 'leak', source: 'acme/web', id: STRANGER, fingerprint: STRANGER, vendor: 'vidbeo' },
    message: 'A string that looks like a vidbeo key.',
    places: LEAKS[1]?.places ?? [],
  });
  const unsure = aFinding({
    verdict: 'unknown',
    subject: aSubject({ source: 'vidbeo', vendor: 'vidbeo', id: 'vb1', name: 'import' }),
    message: 'the vendor left `created_at` out',
  });
  return [...old, leaked, stranger, unsure, idle];
}

const DRIFT: Drift = {
  since: instant('2026-11-08'),
  sources: ['video-prod', 'vidbeo'],
  appeared: [
    {
      source: sourceId('video-prod'),
      id: keyId('ak3'),
      vendor: 'api-video',
      name: 'player ak3',
      project: 'Shop videos',
    },
  ],
  gone: [{ source: sourceId('vidbeo'), id: keyId('vb0'), vendor: 'vidbeo' }],
  changed: [
    {
      source: sourceId('vidbeo'),
      id: keyId('vb1'),
      vendor: 'vidbeo',
      name: 'import',
      changes: [
        { kind: 'access-widened', before: 'read', after: 'write' },
        { kind: 'network-widened', before: '1 entry', after: '192.0.2.0/24' },
        { kind: 'renamed', before: 'export', after: 'import' },
        { kind: 'owner-changed', before: 'team-web', after: '' },
      ],
    },
  ],
};

/** A small company with one of everything: what the golden files show. */
export function sampleResult(): AuditResult {
  const vidbeo = { source: sourceId('vidbeo'), vendor: vendorId('vidbeo'), id: keyId('vb1') };
  return aResult({
    rules: RULES,
    findings: findings(),
    leaks: LEAKS,
    projects: [aProject()],
    keys: [
      ...['ak1', 'ak2', 'ak3'].map((id) => aKey({ id: keyId(id), name: known(`player ${id}`) })),
      aKey({ ...vidbeo, name: known('import'), createdAt: unknown('left out'), declared: undefined }),
    ],
    coverage: [
      aCoverage({ expected: 3, seen: 3 }),
      aCoverage({ source: 'vidbeo', expected: undefined, seen: 1 }),
      aCoverage({
        source: 'xr',
        part: 'key etl',
        status: 'failed',
        seen: 0,
        reason: '401 from /v0/whoami: check C3D_ETL_KEY',
      }),
      aCoverage({
        source: 'acme/web',
        kind: 'repository',
        part: 'objects',
        head: 'a'.repeat(40),
        seen: 90,
        expected: 90,
      }),
      aCoverage({
        source: 'acme/tools',
        kind: 'repository',
        part: 'objects',
        head: 'b'.repeat(40),
        seen: 12,
        expected: 12,
      }),
    ],
    gaps: [
      {
        vendor: 'api-video',
        rule: 'network-unrestricted',
        reason: 'api.video cannot restrict addresses',
        subjects: 3,
      },
    ],
    drift: DRIFT,
    compliance: [
      {
        id: 'owasp-nhi',
        name: 'OWASP NHI 2025',
        extent: 'all',
        controls: [
          {
            id: 'NHI2',
            title: 'Secret Leakage',
            rules: [{ id: 'leaked-live', strength: 'direct' }],
            result: 'broken',
          },
          { id: 'NHI3', title: 'Vulnerable Third-Party NHI', rules: [], result: 'not-covered' },
        ],
      },
      {
        id: 'House <rules>',
        name: 'House <rules>',
        extent: 'mapped',
        controls: [
          { id: 'H1', rules: [{ id: 'key-too-old', strength: 'partial' }], result: 'nothing-found' },
        ],
      },
    ],
    forecast: {
      until: instant('2026-11-22'),
      coming: [
        {
          finding: aFinding({ severity: 'high', subject: aSubject({ id: 'ak3', name: 'player ak3' }) }),
          because: 'weighs-more',
        },
        {
          finding: { ...aFinding({ subject: idle.subject, rule: idle.rule }), severity: 'low' },
          because: 'suppression-ends',
        },
      ],
    },
    notes: [
      'The suppression of key-too-old for video-prod/gone (audit.config.yaml:40) matches no finding: remove it.',
    ],
  });
}

/** The same company on a day on which everything could be read, a week after another audit. */
export function completeSample(): AuditResult {
  const sample = sampleResult();
  const coverage = sample.coverage.filter((entry) => entry.status === 'complete');
  const weekAgo = instant('2026-11-08');
  const before = aResult({
    run: { asOf: weekAgo, startedAt: weekAgo, finishedAt: weekAgo },
    findings: ['ak1', 'gone'].map((id) => aFinding({ subject: aSubject({ id }) })),
  });
  const now = aResult({ ...sample, coverage });
  return { ...now, history: withAudit(withAudit([], before), now) };
}
