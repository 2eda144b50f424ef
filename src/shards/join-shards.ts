import { compareText } from '../core/compare-text.js';
import type { Coverage } from '../core/coverage.js';
import { ConfigError } from '../core/errors/audit-error.js';
import type { Instant } from '../core/instant.js';
import type { Sightings } from '../core/sightings.js';
import { joinCandidates } from './join-candidates.js';
import { joinCoverage } from './join-coverage.js';
import { joinInventories } from './join-inventories.js';
import { shardText } from './shard.js';
import type { ShardRecord } from './shard-record.js';

export interface JoinedShards {
  readonly sightings: Sightings;
  /** The latest day of any shard. */
  readonly asOf: Instant;
  /** Whether some repositories were nobody's: then no policy makes the result clean. */
  readonly isWhole: boolean;
}

/**
 * Everything that the shards of one audit saw, as if one machine had seen it. What no shard took becomes coverage.
 * @throws ConfigError when the records are not of one audit, or there is none.
 */
export function joinShards(records: readonly ShardRecord[]): JoinedShards {
  const ordered = uniqueShards(records);
  const [startedAt] = ordered.map(({ sightings }) => sightings.startedAt).toSorted(compareText);
  const asOf = ordered
    .map((record) => record.asOf)
    .toSorted(compareText)
    .at(-1);
  if (startedAt === undefined || asOf === undefined) throw new ConfigError('there is no shard to merge');
  const all = ordered.map(({ sightings }) => sightings);
  const holes = whatNobodyTook(ordered);
  const sightings: Sightings = {
    startedAt,
    inventory: joinInventories(all.map(({ inventory }) => inventory)),
    candidates: joinCandidates(all.map(({ candidates }) => candidates)),
    coverage: [...joinCoverage(all.map(({ coverage }) => coverage)), ...holes],
    texts: joinCoverage(all.map(({ texts }) => texts)),
    notes: [...new Set(all.flatMap(({ notes }) => notes ?? []))],
  };
  return { sightings, asOf, isWhole: holes.length === 0 };
}

/** In the order of their numbers. The same record twice is once. */
function uniqueShards(records: readonly ShardRecord[]): readonly ShardRecord[] {
  const [first] = records;
  const byIndex = new Map<number, ShardRecord>();
  for (const record of records) {
    if (record.setup !== first?.setup || record.shard.count !== first.shard.count)
      throw differentAudits(record);
    const other = byIndex.get(record.shard.index);
    if (other !== undefined && JSON.stringify(other) !== JSON.stringify(record)) throw twoResults(record);
    byIndex.set(record.shard.index, record);
  }
  return [...byIndex.values()].toSorted((a, b) => a.shard.index - b.shard.index);
}

const differentAudits = ({ shard }: ShardRecord): ConfigError =>
  new ConfigError(`${shardText(shard)} does not belong to the same audit as the others`, {
    hint: 'all shards need the same N, configuration, version of keyaudit and KEYAUDIT_PEPPER',
  });

const twoResults = ({ shard }: ShardRecord): ConfigError =>
  new ConfigError(`there are two different results of ${shardText(shard)}`, {
    hint: 'name only the folders of one run',
  });

function whatNobodyTook(records: readonly ShardRecord[]): readonly Coverage[] {
  const taken = new Set(records.flatMap((record) => record.taken));
  const listed = new Set(records.flatMap((record) => record.listed));
  const left = [...listed].filter((name) => !taken.has(name)).toSorted(compareText);
  const missing = missingShards(records);
  if (missing.length > 0) return missing.map((name) => missingShard(name, left.length));
  return left.map((source) => ({ ...UNREAD, source, part: 'shard', expected: undefined, reason: MOVED }));
}

const UNREAD = { kind: 'repository', status: 'failed', seen: 0 } as const;
const MOVED = 'no shard took it, because their lists of repositories differed; run the shards again';

function missingShards(records: readonly ShardRecord[]): readonly string[] {
  const count = records[0]?.shard.count ?? 0;
  const present = new Set(records.map(({ shard }) => shard.index));
  const indexes = Array.from({ length: count }, (_, at) => at + 1);
  return indexes.filter((index) => !present.has(index)).map((index) => shardText({ index, count }));
}

const missingShard = (source: string, left: number): Coverage => ({
  ...UNREAD,
  source,
  part: 'result',
  expected: undefined,
  reason: `its result is missing; of all that is listed, ${left} were scanned by no shard. Run it again and merge again`,
});
