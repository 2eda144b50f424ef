import type { Finding } from '../core/finding.js';
import type { AuditResult } from '../core/result.js';
import { commandData, commandProperty, neutralLine } from './escape/workflow-command.js';
import { visible, visibleProse } from './escape/visible.js';
import { counted } from './words/number-text.js';
import { activeFindings } from './words/select-findings.js';

/** GitHub shows ten errors and ten warnings of a step and drops the rest in silence. */
const MAX_OF_A_KIND = 10;

const COMMANDS = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'notice',
  info: 'notice',
} as const;

/**
 * Workflow commands for GitHub Actions: the worst findings as annotations, and one line of totals.
 * @param repository the one that the workflow runs in: only its files are named.
 */
export function githubAnnotations(result: AuditResult, repository?: string): string {
  const active = activeFindings(result.findings);
  const shown = (['error', 'warning'] as const).flatMap((command) =>
    active.filter(({ severity }) => COMMANDS[severity] === command).slice(0, MAX_OF_A_KIND),
  );
  const lines = shown.map((finding) => annotation(finding, repository));
  return [...lines, neutralLine(totalsLine(result, active.length - shown.length)), ''].join('\n');
}

function annotation(finding: Finding, repository: string | undefined): string {
  const title = `title=${commandProperty(`${finding.severity}: ${visible(finding.rule)}`)}`;
  const place = finding.places.find(
    (one) => one.repository === repository && one.inHead && one.path !== undefined,
  );
  const at =
    place?.path === undefined ? '' : `file=${commandProperty(visible(place.path))},line=${place.line},`;
  const owner = finding.owner === null ? 'nobody' : visible(finding.owner);
  const text = `${visibleProse(finding.message)} Owner: ${owner}. Next step: ${visibleProse(finding.fix)}`;
  return `::${COMMANDS[finding.severity]} ${at}${title}::${commandData(text)}`;
}

function totalsLine({ counts }: AuditResult, left: number): string {
  const { bySeverity, byStatus } = counts;
  const severities = Object.entries(bySeverity).map(([severity, count]) => `${count} ${severity}`);
  const further = left === 0 ? '' : `; ${counted(left, 'further active finding')} not shown as annotations`;
  return `keyaudit: ${severities.join(', ')} (${byStatus.suppressed} suppressed)${further}.`;
}
