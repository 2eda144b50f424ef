import { instantFromMs } from '../core/instant.js';
import type { Inventory } from '../core/inventory.js';
import type { Clock } from '../core/run-context.js';

/** What is collected from no source at all. */
export function emptyInventory(clock: Pick<Clock, 'now'>): Inventory {
  const collectedAt = instantFromMs(clock.now());
  if (collectedAt === undefined) throw new RangeError('the clock shows a time that no calendar has');
  return { schemaVersion: 1, collectedAt, keys: [], projects: [], coverage: [] };
}
