import { describe, expect, it } from 'vitest';
import { keyId, sourceId, vendorId } from '../../src/core/brand.js';
import type { Fingerprint } from '../../src/core/digest.js';
import { known, unknown } from '../../src/core/fact.js';
import type { KeyRecord } from '../../src/core/key.js';
import type { Candidate } from '../../src/core/leak.js';
import { Secret } from '../../src/core/secret.js';
import { correlate } from '../../src/correlate/correlate.js';
import { fakeKey } from '../../src/sandbox/fake-keys.js';

const fingerprintOf = (seed: string): Fingerprint => Secret.of(fakeKey('api-video', seed)).fingerprint();

function key(source: string, id: string, fingerprint: Fingerprint | undefined): KeyRecord {
  const nobodyKnows = unknown('not asked in this test');
  return {
    source: sourceId(source),
    id: keyId(id),
    vendor: vendorId('api-video'),
    kind: 'project key',
    scope: 'project',
    name: nobodyKnows,
    project: nobodyKnows,
    createdAt: nobodyKnows,
    updatedAt: nobodyKnows,
    expiresAt: nobodyKnows,
    lastUsedAt: nobodyKnows,
    access: nobodyKnows,
    permissions: nobodyKnows,
    allowlist: nobodyKnows,
    anyAddress: nobodyKnows,
    createdBy: nobodyKnows,
    live: nobodyKnows,
    format: nobodyKnows,
    reaches: nobodyKnows,
    fingerprint: fingerprint === undefined ? nobodyKnows : known(fingerprint),
    usedByAudit: false,
    declared: undefined,
  };
}

const candidate = (seed: string): Candidate => ({
  fingerprint: fingerprintOf(seed),
  vendor: undefined,
  recognition: { by: 'value' },
  confidence: 'high',
  places: [],
});

describe('correlate', () => {
  it('names the key that a string is', () => {
    const keys = [key('s', 'other', fingerprintOf('x')), key('s', 'k', fingerprintOf('a'))];
    expect(correlate([candidate('a')], keys)).toEqual([
      { ...candidate('a'), keys: [{ source: 's', id: 'k' }] },
    ]);
  });

  it('names no key for an unregistered string, nor for keys whose fingerprint nobody knows', () => {
    expect(correlate([candidate('a')], [key('s', 'k', undefined)])[0]?.keys).toEqual([]);
  });

  it('names every key that shares the value, in a fixed order', () => {
    const keys = ['t/1', 's/2', 's/1'].map((ref) => {
      const [source = '', id = ''] = ref.split('/');
      return key(source, id, fingerprintOf('a'));
    });
    const refs = correlate([candidate('a')], keys)[0]?.keys.map(({ source, id }) => `${source}/${id}`);
    expect(refs).toEqual(['s/1', 's/2', 't/1']);
  });

  it('keeps the order of the candidates', () => {
    const leaks = correlate([candidate('b'), candidate('a')], []);
    expect(leaks.map(({ fingerprint }) => fingerprint)).toEqual([fingerprintOf('b'), fingerprintOf('a')]);
  });
});
