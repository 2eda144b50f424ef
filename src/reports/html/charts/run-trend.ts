import { SEVERITIES } from '../../../core/finding.js';
import type { HistoryEntry } from '../../../core/history.js';
import { dateOf } from '../../../core/instant.js';
import type { BarChart } from './bar-chart.js';

/** About a quarter of a year of weekly audits. */
const MAX_RUNS = 13;

/** Active findings of the last audits, oldest first; of several on one day the last counts. */
export function runTrend(history: readonly HistoryEntry[]): BarChart {
  const byDay = new Map(history.map((entry) => [dateOf(entry.asOf), entry]));
  const rows = [...byDay].slice(-MAX_RUNS).map(([day, { active, complete }]) => ({
    label: complete ? day : `${day} (part)`,
    values: SEVERITIES.map((severity) => active[severity]),
  }));
  return {
    id: 'chart-trend',
    title: 'Active findings in the last audits',
    rowName: 'Audit',
    series: SEVERITIES.map((severity) => ({ name: severity, style: `s-${severity}` })),
    rows,
  };
}
