import { dateOf, type Instant } from '../core/instant.js';
import type { Inventory } from '../core/inventory.js';
import { calendarDays } from './calendar-days.js';

export interface AgeLimit {
  readonly asOf: Instant;
  readonly maxAgeDays: number;
}

/**
 * A recorded inventory with a hole for each source whose reading is too old to judge by, or lies after the day that is
 * judged: what such a reading does not show may have happened since.
 */
export function withAgeChecked(inventory: Inventory, limit: AgeLimit): Inventory {
  const holes = [...oldestReadings(inventory)].flatMap(([source, readAt]) => {
    const reason = reasonOf(readAt, limit);
    if (reason === undefined) return [];
    const seen = inventory.keys.filter((key) => key.source === source).length;
    const part = 'age of the inventory';
    return [{ source, kind: 'vendor', part, status: 'partial', expected: undefined, seen, reason } as const];
  });
  return holes.length === 0 ? inventory : { ...inventory, coverage: [...inventory.coverage, ...holes] };
}

function oldestReadings({ coverage, collectedAt }: Inventory): ReadonlyMap<string, Instant> {
  const oldest = new Map<string, Instant>();
  for (const { source, readAt = collectedAt } of coverage) {
    const known = oldest.get(source);
    if (known === undefined || readAt < known) oldest.set(source, readAt);
  }
  return oldest;
}

function reasonOf(readAt: Instant, { asOf, maxAgeDays }: AgeLimit): string | undefined {
  const days = calendarDays(readAt, asOf);
  if (days < 0) {
    return `read on ${dateOf(readAt)}, after ${dateOf(asOf)}, the day that is judged. Check --as-of, or the clock of the machine that recorded it.`;
  }
  if (days <= maxAgeDays) return undefined;
  return `read on ${dateOf(readAt)}, ${days} days before ${dateOf(asOf)}; a recorded inventory counts for ${maxAgeDays} days (gate.maxInventoryAgeDays). Record it again: keyaudit collect --out FILE.`;
}
