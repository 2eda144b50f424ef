import { keyId, sourceId } from '../../src/core/brand.js';
import type { DriftedKey } from '../../src/core/drift.js';
import { known } from '../../src/core/fact.js';
import type { AuditResult } from '../../src/core/result.js';
import {
  AS_OF,
  aCoverage,
  aFinding,
  aKey,
  aLeak,
  aPlace,
  aResult,
  aRule,
  aSubject,
  fingerprintOfFake,
} from './audit-result.js';
import { HOSTILE_TEXTS } from './hostile-text.js';

const drifted = (text: string, index: number): DriftedKey => ({
  source: sourceId(text),
  id: keyId(`${index}${text}`),
  vendor: text,
  name: text,
  project: text,
});

/** An audit in which everything that others can write is one of the given texts. */
export function hostileResult(texts: readonly string[] = HOSTILE_TEXTS): AuditResult {
  const findings = texts.flatMap((text, index) => {
    const fingerprint = fingerprintOfFake(`hostile ${index}`);
    const place = aPlace({
      repository: text,
      path: text,
      url: text,
      encoding: text,
      refs: { names: [text], count: index },
      inHead: index % 2 === 0,
      pathInHead: index % 3 === 0,
    });
    const shared = { message: text, owner: text, fix: text } as const;
    const about = { id: `${index}${text}`, name: text, project: text };
    const unregistered = { kind: 'leak', source: text, id: fingerprint, fingerprint } as const;
    return [
      aFinding({ ...shared, subject: aSubject(about) }),
      aFinding({ ...shared, rule: 'leaked', subject: unregistered, places: [place, aPlace(), place] }),
      aFinding({ ...shared, verdict: 'unknown', subject: aSubject({ ...about, id: `u${index}` }) }),
      aFinding({
        ...shared,
        subject: aSubject({ ...about, id: `s${index}` }),
        status: 'suppressed',
        suppression: { reason: text, statement: text, owner: text, expires: text },
      }),
    ];
  });
  return aResult({
    findings,
    forecast: {
      until: AS_OF,
      coming: findings.map((finding) => ({
        finding: { ...finding, verdict: 'fail' },
        because: 'fails-then',
      })),
    },
    compliance: texts.map((text) => ({
      id: text,
      name: text,
      extent: 'mapped',
      controls: [{ id: text, title: text, rules: [{ id: text, strength: 'direct' }], result: 'broken' }],
    })),
    rules: [aRule({ why: texts.join(' ') }), aRule({ id: 'leaked', subject: 'leak', tiers: ['critical'] })],
    keys: texts.map((text, index) =>
      aKey({ id: keyId(`${index}${text}`), name: known(text), reaches: known([text]) }),
    ),
    leaks: texts.map((text, index) =>
      aLeak({
        fingerprint: fingerprintOfFake(`hostile ${index}`),
        recognition: { by: 'detector', detector: text },
        vendor: text,
        keys: index % 2 === 0 ? [] : [{ source: sourceId('video-prod'), id: keyId(`${index}${text}`) }],
        places: [aPlace({ repository: text, path: text })],
      }),
    ),
    coverage: [
      aCoverage(),
      ...texts.map((text) =>
        aCoverage({ source: text, kind: 'repository', part: text, head: 'c'.repeat(40) }),
      ),
    ],
    notes: texts,
    drift: {
      since: AS_OF,
      sources: texts,
      appeared: texts.map(drifted),
      gone: texts.map(drifted),
      changed: texts.map((text, index) => ({
        ...drifted(text, index),
        changes: [
          { kind: 'renamed', before: text, after: text },
          { kind: 'network-widened', before: '1 entry', after: text },
          { kind: 'owner-changed', before: text, after: text },
        ],
      })),
    },
    gaps: texts.map((text) => ({ vendor: text, rule: text, reason: text, subjects: 1 })),
  });
}
