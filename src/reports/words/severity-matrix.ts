import { type Finding, type FindingStatus, SEVERITIES, type Severity } from '../../core/finding.js';

export interface SeverityRow extends Readonly<Record<FindingStatus, number>> {
  readonly severity: Severity;
  readonly total: number;
}

/** `fail` findings by severity and status; rows and columns add up to the counts of the result. */
export function severityMatrix(findings: readonly Finding[]): readonly SeverityRow[] {
  const rows = new Map(SEVERITIES.map((severity) => [severity, { new: 0, known: 0, suppressed: 0 }]));
  for (const { verdict, severity, status } of findings) {
    const row = rows.get(severity);
    if (verdict === 'fail' && row !== undefined) row[status] += 1;
  }
  return [...rows].map(([severity, row]) => ({
    severity,
    ...row,
    total: row.new + row.known + row.suppressed,
  }));
}
