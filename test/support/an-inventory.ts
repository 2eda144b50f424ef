import { keyId, sourceId } from '../../src/core/brand.js';
import type { Coverage } from '../../src/core/coverage.js';
import type { Inventory } from '../../src/core/inventory.js';
import type { KeyRecord } from '../../src/core/key.js';
import { aCoverage, aKey, instant } from './audit-result.js';

/** What a test says of one source: how it was read, and its keys by id. */
export interface ASource {
  readonly status?: Coverage['status'];
  readonly readAt?: string;
  readonly keys?: Readonly<Record<string, Partial<KeyRecord>>>;
}

/** An inventory of the given day; sources and keys stand in the order in which they are given. */
export function anInventory(day: string, sources: Readonly<Record<string, ASource>>): Inventory {
  const entries = Object.entries(sources);
  return {
    schemaVersion: 1,
    collectedAt: instant(day),
    keys: entries.flatMap(([source, { keys = {} }]) =>
      Object.entries(keys).map(([id, over]) =>
        aKey({ source: sourceId(source), id: keyId(id), declared: undefined, ...over }),
      ),
    ),
    projects: [],
    coverage: entries.map(([source, { status = 'complete', readAt }]) =>
      aCoverage({
        source,
        status,
        ...(status === 'complete' ? {} : { reason: 'the server answered 500.' }),
        ...(readAt === undefined ? {} : { readAt: instant(readAt) }),
      }),
    ),
  };
}
