import type { AuditResult } from '../../core/result.js';
import { judgementsText } from '../words/judgements-text.js';
import { numberText } from '../words/number-text.js';
import { severityMatrix } from '../words/severity-matrix.js';
import { trendOf, trendText } from '../words/trend.js';
import { type Block, block, heading, table } from './block.js';

export function* countsSection({ findings, counts, history }: AuditResult): Generator<Block> {
  const { byStatus } = counts;
  const total = byStatus.new + byStatus.known + byStatus.suppressed;
  const numbers = (row: readonly number[]): readonly string[] => row.map(numberText);
  const rows = severityMatrix(findings).map((row) => [
    row.severity,
    ...numbers([row.new, row.known, row.suppressed, row.total]),
  ]);
  const sum = ['total', ...numbers([byStatus.new, byStatus.known, byStatus.suppressed, total])];
  yield heading('Counts');
  yield block(table(['Severity', 'New', 'Known', 'Suppressed', 'Total'], [...rows, sum]));
  yield block([judgementsText(counts)]);
  const trend = trendOf(history);
  if (trend !== undefined) yield block([trendText(trend)]);
}
