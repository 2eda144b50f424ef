import type { Finding, FindingStatus, Severity, Verdict } from '../core/finding.js';
import type { Counts } from '../core/result.js';

export interface Countable {
  readonly findings: readonly Finding[];
  readonly byVerdict: Readonly<Record<Verdict, number>>;
  readonly keys: readonly unknown[];
  readonly projects: readonly unknown[];
  readonly leaks: readonly unknown[];
}

/** The numbers that every report shows. Severities and statuses are over `fail` findings and have the same sum. */
export function count({ findings, byVerdict, keys, projects, leaks }: Countable): Counts {
  const bySeverity: Record<Severity, number> = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
  const byStatus: Record<FindingStatus, number> = { new: 0, known: 0, suppressed: 0 };
  for (const finding of findings) {
    if (finding.verdict !== 'fail') continue;
    bySeverity[finding.severity] += 1;
    byStatus[finding.status] += 1;
  }
  const judgements = Object.values(byVerdict).reduce((sum, one) => sum + one, 0);
  return {
    bySeverity,
    byStatus,
    byVerdict: { ...byVerdict },
    judgements,
    keys: keys.length,
    projects: projects.length,
    leaks: leaks.length,
  };
}
