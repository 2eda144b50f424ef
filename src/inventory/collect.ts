import { compareText } from '../core/compare-text.js';
import type { Coverage } from '../core/coverage.js';
import { AuditError } from '../core/errors/audit-error.js';
import type { Collected } from '../core/inventory.js';
import { type KeyRecord, keyRefText } from '../core/key.js';
import { KeyRing } from '../core/key-ring.js';
import type { RunContext } from '../core/run-context.js';
import type { Secret } from '../core/secret.js';
import { HttpSession, type SessionOptions } from '../http/session.js';
import { Traffic, type TrafficStats } from '../http/traffic.js';
import type { AnySource, SourceInventory } from '../providers/define-provider.js';
import { emptyInventory } from './empty-inventory.js';
import { providerOf } from '../providers/index.js';
import { failedPart } from '../providers/list-coverage.js';

/** How it talks is for tests to change; `pepper` keys all fingerprints, where the user set one. */
export interface CollectContext extends RunContext, SessionOptions {
  readonly pepper?: Secret;
}

export interface SourceStats extends TrafficStats {
  readonly source: string;
}

/** What collecting gave, and what it cost. */
export interface CollectedInventory extends Collected {
  readonly stats: readonly SourceStats[];
}

/**
 * Reads all sources at once. A source that fails is coverage, not an exception: the others go on.
 * Keys and projects come in the order of source and id, whatever the vendors' order and the network's.
 * @throws `signal.reason` when the run is interrupted
 */
export async function collectInventory(
  sources: readonly AnySource[],
  context: CollectContext,
): Promise<CollectedInventory> {
  const session = new HttpSession(context);
  try {
    const ordered = sources.toSorted((left, right) => compareText(left.id, right.id));
    const read = await Promise.all(ordered.map((source) => readSource(source, session, context)));
    return merge(read, context);
  } finally {
    await session.close();
  }
}

interface ReadSource extends SourceInventory {
  readonly stats: SourceStats;
}

async function readSource(
  source: AnySource,
  session: HttpSession,
  { signal, clock, progress, env, pepper }: CollectContext,
): Promise<ReadSource> {
  const traffic = new Traffic();
  const inventory = await attempt(source, async () => {
    const provider = providerOf(source.vendor);
    if (provider === undefined) throw new TypeError(`no provider for the vendor ${source.vendor}`);
    return provider.collect(source, { signal, clock, progress, env, pepper, session, traffic });
  });
  signal.throwIfAborted();
  const { requests, waitedMs } = traffic.stats;
  progress.note(`${source.id}: done; ${requests} requests, ${(waitedMs / 1000).toFixed(1)} s spent waiting`);
  return { ...inventory, stats: { source: source.id, ...traffic.stats } };
}

async function attempt(source: AnySource, collect: () => Promise<SourceInventory>): Promise<SourceInventory> {
  try {
    return await collect();
  } catch (error) {
    if (!(error instanceof AuditError) || error.exitCode === 130) throw error;
    const coverage = [failedPart({ source: source.id, part: 'source' }, error)];
    return { keys: [], projects: [], coverage, values: [] };
  }
}

function merge(read: readonly ReadSource[], { clock }: CollectContext): CollectedInventory {
  const ring = new KeyRing();
  for (const { ref, secret } of read.flatMap(({ values }) => values)) {
    if (ring.get(ref) === undefined) ring.add(ref, secret);
  }
  const inventory = {
    ...emptyInventory(clock),
    keys: read.flatMap(({ keys }) => uniqueKeys(keys)),
    projects: read.flatMap(({ projects }) =>
      projects.toSorted((left, right) => compareText(left.id, right.id)),
    ),
    coverage: read.flatMap(({ keys, coverage }) => [...coverage, ...repeatedKeys(keys)]),
  } as const;
  return { inventory, ring, stats: read.map(({ stats }) => stats) };
}

/** In the order of ids; of two keys with one id the first that was read. */
function uniqueKeys(keys: readonly KeyRecord[]): readonly KeyRecord[] {
  const byRef = new Map<string, KeyRecord>();
  for (const key of keys) if (!byRef.has(keyRefText(key))) byRef.set(keyRefText(key), key);
  return [...byRef.values()].toSorted((left, right) => compareText(left.id, right.id));
}

function repeatedKeys(keys: readonly KeyRecord[]): readonly Coverage[] {
  const repeated = keys.length - new Set(keys.map(keyRefText)).size;
  const [key] = keys;
  if (repeated === 0 || key === undefined) return [];
  const reason = `${repeated} keys came under an id that another project's key has; each id is judged once`;
  const counts = { expected: keys.length, seen: keys.length - repeated };
  return [{ source: key.source, kind: 'vendor', part: 'key ids', status: 'partial', ...counts, reason }];
}
