import type { Finding, Severity } from '../../core/finding.js';

/** Findings that say the same about several subjects. Never empty. */
export interface FindingGroup {
  readonly rule: string;
  readonly severity: Severity;
  readonly owner: string | null;
  readonly vendor: string | undefined;
  readonly first: Finding;
  readonly findings: readonly Finding[];
}

/** Groups by rule, severity, owner and vendor; groups and their findings keep the order in which they first come. */
export function groupFindings(findings: readonly Finding[]): readonly FindingGroup[] {
  const groups = new Map<string, [Finding, ...Finding[]]>();
  for (const finding of findings) {
    const key = JSON.stringify([finding.rule, finding.severity, finding.owner, finding.subject.vendor]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  return [...groups.values()].map((group) => toGroup(group));
}

function toGroup(findings: readonly [Finding, ...Finding[]]): FindingGroup {
  const [first] = findings;
  return {
    rule: first.rule,
    severity: first.severity,
    owner: first.owner,
    vendor: first.subject.vendor,
    first,
    findings,
  };
}
