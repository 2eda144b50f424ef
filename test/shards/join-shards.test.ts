import { describe, expect, it } from 'vitest';
import { keyId } from '../../src/core/brand.js';
import { known } from '../../src/core/fact.js';
import type { Candidate } from '../../src/core/leak.js';
import { joinShards } from '../../src/shards/join-shards.js';
import { readShard, type ShardRecord, writeShard } from '../../src/shards/shard-record.js';
import { AS_OF, aCoverage, aKey, aPlace, fingerprintOfFake, instant } from '../support/audit-result.js';

const VENDOR = aCoverage({ source: 'video-prod', kind: 'vendor', part: 'keys' });

const aCandidate = (over: Partial<Candidate> = {}): Candidate => ({
  fingerprint: fingerprintOfFake('ak1'),
  vendor: undefined,
  recognition: { by: 'value' },
  confidence: 'high',
  places: [aPlace()],
  ...over,
});

interface Parts extends Partial<ShardRecord['sightings']> {
  readonly setup?: string;
  readonly taken?: readonly string[];
  readonly listed?: readonly string[];
}

/** The record of one shard: two repositories are listed, and each shard takes the one with its number. */
function record(index: number, count: number, parts: Parts = {}): ShardRecord {
  const { setup = 'a'.repeat(64), taken = [`acme/${index}`], listed, ...sightings } = parts;
  return {
    shard: { index, count },
    setup,
    asOf: AS_OF,
    listed: listed ?? Array.from({ length: count }, (_, at) => `acme/${at + 1}`),
    taken,
    sightings: {
      startedAt: AS_OF,
      inventory: {
        schemaVersion: 1,
        collectedAt: AS_OF,
        keys: [aKey()],
        projects: [],
        coverage: [VENDOR],
      },
      candidates: [],
      coverage: [],
      texts: [],
      ...sightings,
    },
  };
}

const withKeys = (index: number, keys: readonly ReturnType<typeof aKey>[]): ShardRecord =>
  record(index, 2, { inventory: { ...record(1, 2).sightings.inventory, keys } });

const holesOf = (records: readonly ShardRecord[]): readonly string[] => {
  const { sightings } = joinShards(records);
  return [...sightings.inventory.coverage, ...sightings.coverage]
    .filter(({ status }) => status !== 'complete')
    .map(({ source, part }) => `${source}: ${part}`);
};

describe('joining shards', () => {
  it('gives what one machine would have seen, in whatever order the shards come', () => {
    const web = aPlace({ repository: 'acme/1', firstSeen: instant('2025-01-01') });
    const api = aPlace({ repository: 'acme/2', firstSeen: instant('2024-01-01') });
    const one = record(1, 2, { candidates: [aCandidate({ places: [web] })] });
    const two = record(2, 2, { candidates: [aCandidate({ places: [api] })] });
    const joined = joinShards([two, one]);
    expect(joined).toEqual(joinShards([one, two]));
    expect(joined.isWhole).toBe(true);
    expect(joined.sightings.candidates).toEqual([aCandidate({ places: [api, web] })]);
    expect(holesOf([one, two])).toEqual([]);
  });

  it('keeps the surest account of a string', () => {
    const guessed = aCandidate({
      vendor: 'api-video',
      recognition: { by: 'detector', detector: 'api-video-key' },
      confidence: 'low',
      places: [aPlace({ repository: 'acme/2' })],
    });
    const shards = [record(1, 2, { candidates: [guessed] }), record(2, 2, { candidates: [aCandidate()] })];
    expect(joinShards(shards).sightings.candidates[0]).toMatchObject({ recognition: { by: 'value' } });
    expect(joinShards(shards).sightings.candidates[0]?.places).toHaveLength(2);
  });

  it('tells one place once where two shards took the same repository', () => {
    const both = { candidates: [aCandidate()] };
    const { sightings } = joinShards([record(1, 2, both), record(2, 2, both)]);
    expect(sightings.candidates).toEqual([aCandidate()]);
  });

  it('tells a list that all shards read once, and two that differ both', () => {
    const list = (seen: number) => aCoverage({ source: 'acme', part: 'list of repositories', seen });
    const joined = (first: number, second: number) =>
      joinShards([record(1, 2, { coverage: [list(first)] }), record(2, 2, { coverage: [list(second)] })])
        .sightings.coverage;
    expect(joined(500, 500)).toEqual([list(500)]);
    expect(joined(500, 499)).toEqual([list(500), list(499)]);
  });
});

describe('what no shard looked at', () => {
  it('is told for a shard whose result is missing', () => {
    const joined = joinShards([record(1, 3), record(3, 3)]);
    expect(joined.isWhole).toBe(false);
    expect(joined.sightings.coverage).toMatchObject([
      {
        source: 'shard 2 of 3',
        status: 'failed',
        reason: expect.stringContaining('1 were scanned by no shard'),
      },
    ]);
  });

  it('is told for a repository that is listed and was taken by none', () => {
    const joined = joinShards([record(1, 2), record(2, 2, { taken: [] })]);
    expect(joined.isWhole).toBe(false);
    expect(joined.sightings.coverage).toMatchObject([{ source: 'acme/2', status: 'failed' }]);
  });

  it('is told for a source that one shard could not read, though another one could', () => {
    const failed = { ...VENDOR, status: 'failed', seen: 0, reason: 'the vendor answered 500' } as const;
    const { inventory } = record(2, 2).sightings;
    const broken = record(2, 2, { inventory: { ...inventory, keys: [], coverage: [failed] } });
    expect(holesOf([record(1, 2), broken])).toEqual(['video-prod: keys', 'video-prod: keys in all shards']);
    expect(joinShards([broken, record(1, 2)]).sightings.inventory.keys).toEqual([aKey()]);
  });

  it.each([
    ['a key that only one shard knew', aKey({ id: keyId('ak2') })],
    [
      'a key whose value changed between the readings',
      aKey({ fingerprint: known(fingerprintOfFake('ak9')) }),
    ],
  ])('is told for %s', (_what, other) => {
    const shards = [withKeys(1, [aKey()]), withKeys(2, [other])];
    expect(holesOf(shards)).toEqual(['video-prod: keys in all shards']);
  });

  it('is nothing where all shards knew the same keys, in whatever order', () => {
    const two = [aKey(), aKey({ id: keyId('ak2') })];
    expect(holesOf([withKeys(1, two), withKeys(2, two.toReversed())])).toEqual([]);
    expect(holesOf([withKeys(1, []), withKeys(2, [])])).toEqual([]);
  });
});

describe('shards that do not belong together', () => {
  it.each<[string, readonly ShardRecord[], RegExp]>([
    ['none at all', [], /no shard/],
    ['another number of shards', [record(1, 2), record(2, 3)], /same audit/],
    ['another configuration', [record(1, 2), record(2, 2, { setup: 'b'.repeat(64) })], /same audit/],
    ['two results of one shard', [record(1, 2), record(1, 2, { taken: [] })], /two different results/],
  ])('are refused: %s', (_what, records, message) => expect(() => joinShards(records)).toThrow(message));

  it('are not those of which one came twice', () => {
    expect(joinShards([record(1, 1), record(1, 1)])).toEqual(joinShards([record(1, 1)]));
  });
});

describe('the record of a shard', () => {
  const full = record(1, 2, {
    candidates: [
      aCandidate({
        places: [
          aPlace(),
          aPlace({ commit: undefined, path: undefined, url: undefined, firstSeen: undefined }),
        ],
      }),
    ],
    coverage: [aCoverage({ source: `/${'long/'.repeat(100)}` })],
    notes: ['a note'],
  });

  it('is read as it was written, to the same bytes', () => {
    expect(readShard(writeShard(full), 'shard.json')).toEqual(full);
    expect(writeShard(readShard(writeShard(full), 'shard.json'))).toBe(writeShard(full));
  });

  it.each([
    ['that was cut off', (text: string) => text.slice(0, -20)],
    ['of another version', (text: string) => text.replace('"version":1', '"version":2')],
    ['of something else', () => '{}'],
    ['with a name on which a check would trip', () => '{"setup": {"length": {"valueOf": 1}}}'],
    ['with a field that nobody knows', (text: string) => text.replace('{', '{"extra":1,')],
    ['of a shard that cannot be', (text: string) => text.replace('"index":1', '"index":3')],
  ])('is refused when it is one %s', (_what, change) => {
    expect(() => readShard(change(writeShard(full)), 'a/shard.json')).toThrow(/a\/shard\.json/);
  });
});
