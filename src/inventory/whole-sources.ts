import type { Instant } from '../core/instant.js';
import type { Inventory } from '../core/inventory.js';

/**
 * The sources of which every part was read, each with when. An inventory that is kept between runs may hold sources of
 * earlier ones; of several dates the oldest counts.
 */
export function wholeSources({ coverage, collectedAt }: Inventory): ReadonlyMap<string, Instant> {
  const whole = new Map<string, Instant>();
  const holes = new Set<string>();
  for (const { source, kind, status, readAt = collectedAt } of coverage) {
    if (kind !== 'vendor') continue;
    if (status !== 'complete') holes.add(source);
    const before = whole.get(source);
    if (before === undefined || readAt < before) whole.set(source, readAt);
  }
  for (const source of holes) whole.delete(source);
  return whole;
}
