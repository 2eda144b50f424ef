import type { AuditResult } from '../../core/result.js';
import { inventoryGroups } from './inventory-runs.js';
import { type PlannedRun, planRun } from './run.js';
import { lookups } from './result-context.js';

/** All findings of all sources, with suppressions and baseline states: for archives and for viewers. */
export function completeRuns(audit: AuditResult): readonly PlannedRun[] {
  const context = { ...lookups(audit), repository: undefined, complete: true };
  const inventory = inventoryGroups(audit, audit.findings).map((group) =>
    planRun({ ...group, subjects: ['key', 'source'], maxResults: Infinity }, audit, context),
  );
  const leaks = {
    category: 'keyaudit/leaks',
    subjects: ['leak'],
    findings: audit.findings.filter((finding) => finding.subject.kind === 'leak'),
    coverage: audit.coverage.filter((entry) => entry.kind === 'repository'),
    maxResults: Infinity,
  } as const;
  return [...inventory, planRun(leaks, audit, context)];
}
