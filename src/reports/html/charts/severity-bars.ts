import type { Finding } from '../../../core/finding.js';
import { severityMatrix } from '../../words/severity-matrix.js';
import type { BarChart } from './bar-chart.js';

const SERIES = [
  { name: 'new', style: 's-bad' },
  { name: 'known', style: 's-warn' },
  { name: 'suppressed', style: 's-none' },
] as const;

export const severityBars = (findings: readonly Finding[]): BarChart => ({
  id: 'chart-severities',
  title: 'Findings by severity',
  rowName: 'Severity',
  series: SERIES,
  rows: severityMatrix(findings).map((row) => ({
    label: row.severity,
    values: [row.new, row.known, row.suppressed],
  })),
});
