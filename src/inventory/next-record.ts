import { compareText } from '../core/compare-text.js';
import type { Inventory } from '../core/inventory.js';
import { wholeSources } from './whole-sources.js';

/**
 * What to keep for the next run: of each source the last reading that was whole. A source that could not be read keeps
 * its earlier keys, with their date, so that its keys are not new when it comes back; one that nobody configures any
 * more goes.
 * @returns undefined when no source was read whole, so that what is kept stays as it is
 */
export function nextRecord(collected: Inventory, earlier: Inventory | undefined): Inventory | undefined {
  const now = wholeSources(collected);
  if (now.size === 0) return undefined;
  const configured = new Set(collected.coverage.map(({ source }) => source));
  const kept = keptOf(earlier, (source) => configured.has(source) && !now.has(source));
  const isWhole = ({ source }: { readonly source: string }): boolean => now.has(source);
  return {
    schemaVersion: 1,
    collectedAt: collected.collectedAt,
    keys: bySource([...collected.keys.filter(isWhole), ...kept.keys]),
    projects: bySource([...collected.projects.filter(isWhole), ...kept.projects]),
    coverage: bySource([...collected.coverage.filter(isWhole), ...kept.coverage]),
  };
}

type Kept = Pick<Inventory, 'keys' | 'projects' | 'coverage'>;

function keptOf(earlier: Inventory | undefined, wanted: (source: string) => boolean): Kept {
  if (earlier === undefined) return { keys: [], projects: [], coverage: [] };
  const whole = wholeSources(earlier);
  const isKept = ({ source }: { readonly source: string }): boolean => whole.has(source) && wanted(source);
  return {
    keys: earlier.keys.filter(isKept),
    projects: earlier.projects.filter(isKept),
    coverage: earlier.coverage
      .filter(isKept)
      .map((entry) => ({ ...entry, readAt: entry.readAt ?? earlier.collectedAt })),
  };
}

/** Within a source the order stays. */
const bySource = <T extends { readonly source: string }>(items: readonly T[]): readonly T[] =>
  items.toSorted((left, right) => compareText(left.source, right.source));
