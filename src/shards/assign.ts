import { compareText } from '../core/compare-text.js';
import { digestOf } from '../core/digest.js';
import type { Shard } from './shard.js';

/** Something that one shard is to scan. */
export interface Work {
  /** Unique among all that is shared out. */
  readonly name: string;
  /** As its host estimates it; 0 where nobody tells. */
  readonly sizeKib: number;
}

/** Below this, it hardly matters who takes a repository; a fetch takes as long as the connection. Our judgement. */
const SMALL_KIB = 1024;

/**
 * What one shard takes, worked out by each shard for itself. Large repositories go, the largest first, to whoever has least;
 * small ones go by their name alone. Lists that are read some minutes apart may differ: sizes count in steps of four, and new
 * repositories are small, so that a push or a new repository moves none of the others. Whoever joins the shards must still
 * hold what was listed against what was taken.
 */
export function assignedTo<T extends Work>(items: readonly T[], shard: Shard): readonly T[] {
  const isSmall = ({ sizeKib }: Work): boolean => sizeKib < SMALL_KIB;
  const large = largeOnesOf(
    items.filter((item) => !isSmall(item)),
    shard,
  );
  return items.filter((item) => (isSmall(item) ? ownerByName(item, shard) === shard.index : large.has(item)));
}

function largeOnesOf<T extends Work>(items: readonly T[], shard: Shard): ReadonlySet<T> {
  const loads = Array.from({ length: shard.count }, () => 0);
  const mine = new Set<T>();
  const ordered = items.toSorted((a, b) => weightOf(b) - weightOf(a) || compareText(a.name, b.name));
  for (const item of ordered) {
    const owner = leastLoaded(loads);
    loads[owner] = (loads[owner] ?? 0) + weightOf(item);
    if (owner + 1 === shard.index) mine.add(item);
  }
  return mine;
}

const leastLoaded = (loads: readonly number[]): number =>
  loads.reduce((best, load, at) => (load < (loads[best] ?? 0) ? at : best), 0);

/** A power of four: 1 to 4 MiB weigh the same. */
const weightOf = ({ sizeKib }: Work): number => 4 ** Math.floor(Math.log2(sizeKib) / 2);

/** From 1; the same on every machine. */
const ownerByName = ({ name }: Work, { count }: Shard): number =>
  (Number.parseInt(digestOf('keyaudit shard', name).slice(0, 12), 16) % count) + 1;
