import { compareText } from '../core/compare-text.js';
import { type Coverage, isComplete } from '../core/coverage.js';
import type { Inventory } from '../core/inventory.js';
import { type KeyRecord, keyRefText } from '../core/key.js';
import { joinCoverage } from './join-coverage.js';

/**
 * One inventory of those that the shards read, or were given. Of each source the first whole reading counts. Where a shard
 * could not read a source, or did not know a key that another one knew, it did not look for all keys: that is a hole.
 * @param inventories in the order of the shards; at least one
 */
export function joinInventories(inventories: readonly Inventory[]): Inventory {
  const [earliest] = inventories.toSorted((a, b) => compareText(a.collectedAt, b.collectedAt));
  if (earliest === undefined) throw new TypeError('no inventory to join');
  if (new Set(inventories.map(contentOf)).size === 1) return earliest;
  const sources = new Set(inventories.flatMap((one) => one.coverage.map(({ source }) => source)));
  const joined = [...sources].toSorted(compareText).map((source) => joinSource(source, inventories));
  return {
    schemaVersion: 1,
    collectedAt: earliest.collectedAt,
    keys: joined.flatMap(({ keys }) => keys),
    projects: joined.flatMap(({ projects }) => projects),
    coverage: joined.flatMap(({ coverage }) => coverage),
  };
}

const contentOf = ({ keys, projects, coverage }: Inventory): string =>
  JSON.stringify([keys, projects, coverage]);

type Part = Pick<Inventory, 'keys' | 'projects' | 'coverage'>;

function joinSource(source: string, inventories: readonly Inventory[]): Part {
  const parts = inventories.map((inventory) => partOf(source, inventory));
  const best = parts.find(({ coverage }) => coverage.length > 0 && isComplete(coverage)) ?? parts[0];
  if (best === undefined) throw new TypeError('no inventory to join');
  const others = parts.filter((part) => part !== best);
  const known = new Set(best.keys.map(keyRefText));
  const more = uniqueKeys(others.flatMap(({ keys }) => keys)).filter((key) => !known.has(keyRefText(key)));
  const keys = more.length === 0 ? best.keys : [...best.keys, ...more].toSorted(byId);
  const holes = others.map(({ coverage }) => coverage.filter(({ status }) => status !== 'complete'));
  return {
    keys,
    projects: best.projects,
    coverage: [...joinCoverage([best.coverage, ...holes]), ...unknownKeys({ source, keys, parts })],
  };
}

function partOf(source: string, { keys, projects, coverage }: Inventory): Part {
  const isOwn = (item: { readonly source: string }): boolean => item.source === source;
  return { keys: keys.filter(isOwn), projects: projects.filter(isOwn), coverage: coverage.filter(isOwn) };
}

const byId = (a: KeyRecord, b: KeyRecord): number => compareText(a.id, b.id);

const uniqueKeys = (keys: readonly KeyRecord[]): readonly KeyRecord[] => [
  ...new Map(keys.toReversed().map((key) => [keyRefText(key), key])).values(),
];

interface Joined {
  readonly source: string;
  readonly keys: readonly KeyRecord[];
  readonly parts: readonly Part[];
}

/** Also a key with another value than before is one that the shard did not look for. */
function unknownKeys({ source, keys, parts }: Joined): readonly Coverage[] {
  const all = new Set(parts.flatMap((part) => part.keys.map(lookedFor)));
  const least = Math.min(...parts.map((part) => new Set(part.keys.map(lookedFor)).size));
  if (least === all.size) return [];
  const reason = `not every shard knew all keys of this source, so ${all.size - least} or more were not looked for everywhere; run again, or give all shards one --inventory`;
  return [
    {
      source,
      kind: 'vendor',
      part: 'keys in all shards',
      status: 'partial',
      expected: keys.length,
      seen: Math.min(least, keys.length),
      reason,
    },
  ];
}

const lookedFor = (key: KeyRecord): string =>
  `${keyRefText(key)} ${key.fingerprint.state === 'known' ? key.fingerprint.value : ''}`;
