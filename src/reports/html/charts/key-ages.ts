import { daysBetween, type Instant } from '../../../core/instant.js';
import type { KeyRecord } from '../../../core/key.js';
import type { BarChart } from './bar-chart.js';

const BUCKETS = [
  { label: 'up to 30 days', below: 31 },
  { label: 'up to 90 days', below: 91 },
  { label: 'up to 1 year', below: 366 },
  { label: 'up to 2 years', below: 731 },
  { label: 'up to 3 years', below: 1096 },
  { label: 'older', below: Infinity },
] as const;

/** How many keys are how old; a key whose age nobody knows is shown as that. */
export function keyAges(keys: readonly KeyRecord[], asOf: Instant): BarChart {
  const counts = BUCKETS.map(() => 0);
  let unknown = 0;
  for (const { createdAt } of keys) {
    if (createdAt.state !== 'known') unknown += 1;
    else {
      const days = daysBetween(createdAt.value, asOf);
      const bucket = BUCKETS.findIndex(({ below }) => days < below);
      counts[bucket] = (counts[bucket] ?? 0) + 1;
    }
  }
  const rows = BUCKETS.map(({ label }, index) => ({ label, values: [counts[index] ?? 0] }));
  return {
    id: 'chart-ages',
    title: 'Age of keys',
    rowName: 'Age',
    series: [{ name: 'Keys', style: 's0' }],
    rows: [...rows, { label: 'not known', values: [unknown] }],
  };
}
