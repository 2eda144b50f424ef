import { compareText } from '../../../core/compare-text.js';
import type { KeyRecord } from '../../../core/key.js';
import { keyRefText } from '../../../core/key.js';
import type { Leak } from '../../../core/leak.js';
import type { BarChart } from './bar-chart.js';

const SERIES = [
  { name: 'key still works', style: 's-bad' },
  { name: 'not known', style: 's-none' },
  { name: 'key is dead', style: 's-ok' },
] as const;

/** When leaked strings were first seen, by year, and whether their keys still work. */
export function leakYears(leaks: readonly Leak[], keys: readonly KeyRecord[]): BarChart {
  const byRef = new Map(keys.map((key) => [keyRefText(key), key]));
  const years = new Map<string, number[]>();
  for (const leak of leaks) {
    const label =
      leak.places.find((place) => place.firstSeen !== undefined)?.firstSeen?.slice(0, 4) ?? 'no date';
    const counts = years.get(label) ?? SERIES.map(() => 0);
    const index = seriesOf(leak.keys.map((ref) => byRef.get(keyRefText(ref))));
    counts[index] = (counts[index] ?? 0) + 1;
    years.set(label, counts);
  }
  return {
    id: 'chart-leaks',
    title: 'Leaked strings by the year in which they were first seen',
    rowName: 'Year',
    series: SERIES,
    rows: [...years]
      .toSorted(([left], [right]) => compareText(left, right))
      .map(([label, values]) => ({ label, values })),
  };
}

function seriesOf(keys: readonly (KeyRecord | undefined)[]): number {
  const lives = keys.map((key) => (key?.live.state === 'known' ? key.live.value : undefined));
  if (lives.includes(true)) return 0;
  return lives.length === 0 || lives.includes(undefined) ? 1 : 2;
}
