import { compareText } from '../../../core/compare-text.js';
import type { KeyRecord } from '../../../core/key.js';
import type { BarChart } from './bar-chart.js';

/** Worst first: who can use a key, and for what. */
const SERIES = [
  { name: 'any address, can write', style: 's-bad' },
  { name: 'any address, reads', style: 's-warn' },
  { name: 'listed addresses only', style: 's-ok' },
  { name: 'not known', style: 's-none' },
] as const;

export function exposure(keys: readonly KeyRecord[]): BarChart {
  const vendors = new Map<string, number[]>();
  for (const key of keys) {
    const counts = vendors.get(key.vendor) ?? SERIES.map(() => 0);
    const index = seriesOf(key);
    counts[index] = (counts[index] ?? 0) + 1;
    vendors.set(key.vendor, counts);
  }
  return {
    id: 'chart-exposure',
    title: 'From where keys can be used, by vendor',
    rowName: 'Vendor',
    series: SERIES,
    rows: [...vendors]
      .toSorted(([left], [right]) => compareText(left, right))
      .map(([label, values]) => ({ label, values })),
  };
}

function seriesOf({ anyAddress, access }: KeyRecord): number {
  if (anyAddress.state !== 'known') return 3;
  if (!anyAddress.value) return 2;
  if (access.state !== 'known') return 3;
  return access.value === 'write' ? 0 : 1;
}
