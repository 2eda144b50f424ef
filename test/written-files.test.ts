import { describe, expect, it } from 'vitest';
import { keyId } from '../src/core/brand.js';
import { known } from '../src/core/fact.js';
import { baselineText } from '../src/findings/baseline.js';
import type { Inventory } from '../src/core/inventory.js';
import { readInventory, writeInventory } from '../src/inventory/record.js';
import { readShard, type ShardRecord, writeShard } from '../src/shards/shard-record.js';
import {
  AS_OF,
  aCoverage,
  aFinding,
  aKey,
  aPlace,
  aSubject,
  fingerprintOfFake,
} from './support/audit-result.js';
import { HOSTILE_TEXTS } from './support/hostile-text.js';

/** All but line feeds, which stand between lines. */
const HIDDEN = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

const texts = HOSTILE_TEXTS.filter((text) => text.trim() !== '' && text.length < 100);

const inventory: Inventory = {
  schemaVersion: 1,
  collectedAt: AS_OF,
  keys: texts.map((text, at) => aKey({ id: keyId(`k${at}`), name: known(text) })),
  projects: [],
  coverage: [
    aCoverage({
      source: 'video-prod',
      kind: 'vendor',
      part: 'keys',
      status: 'partial',
      reason: texts.join(' '),
    }),
  ],
};

const shard: ShardRecord = {
  shard: { index: 1, count: 1 },
  setup: 'a'.repeat(64),
  asOf: AS_OF,
  listed: texts,
  taken: texts,
  sightings: {
    startedAt: AS_OF,
    inventory,
    candidates: [
      {
        fingerprint: fingerprintOfFake('ak1'),
        vendor: undefined,
        recognition: { by: 'value' },
        confidence: 'high',
        places: texts.map((text) => aPlace({ path: text })),
      },
    ],
    coverage: [],
    texts: [],
  },
};

// Reports have their own tests; these files are looked at too, in terminals and in reviews.
describe('names that turn, hide or colour a text, in files that people look at', () => {
  it('are escaped in a recorded inventory, which reads the same', () => {
    expect(writeInventory(inventory)).not.toMatch(HIDDEN);
    expect(readInventory(writeInventory(inventory), 'i.json')).toEqual(inventory);
  });

  it('are escaped in the record of a shard, which reads the same', () => {
    expect(writeShard(shard)).not.toMatch(HIDDEN);
    expect(readShard(writeShard(shard), 'shard.json')).toEqual(shard);
  });

  it('are escaped in a baseline', () => {
    const findings = texts.map((id) => aFinding({ subject: aSubject({ id }) }));
    expect(baselineText(findings, [aCoverage()])).not.toMatch(HIDDEN);
  });
});
