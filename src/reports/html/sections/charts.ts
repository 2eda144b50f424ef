import type { AuditResult } from '../../../core/result.js';
import { type BarChart, barChart } from '../charts/bar-chart.js';
import { exposure } from '../charts/exposure.js';
import { keyAges } from '../charts/key-ages.js';
import { leakYears } from '../charts/leak-years.js';
import { trendOf, trendText } from '../../words/trend.js';
import { runTrend } from '../charts/run-trend.js';
import { severityBars } from '../charts/severity-bars.js';

export function chartsSection({
  keys,
  deletedKeys = [],
  leaks,
  findings,
  run,
  history = [],
}: AuditResult): string {
  const charts: readonly BarChart[] = [
    severityBars(findings),
    exposure(keys),
    keyAges(keys, run.asOf),
    ...(history.length < 2 ? [] : [runTrend(history)]),
    ...(leaks.length === 0 ? [] : [leakYears(leaks, [...deletedKeys, ...keys])]),
  ];
  const trend = trendOf(history);
  const words = trend === undefined ? '' : `<p>${trendText(trend)}</p>\n`;
  const figures = charts.filter(({ rows }) => rows.length > 0).map(barChart);
  return `<section aria-labelledby="charts"><h2 id="charts">In pictures</h2>\n${words}<div class="charts">\n${figures.join('')}</div></section>\n`;
}
