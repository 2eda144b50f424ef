import type { Finding, Severity } from '../../core/finding.js';

/** Findings that say the same about several subjects. Never empty. */
export interface FindingGroup {
  readonly rule: string;
  readonly severity: Severity;
  readonly first: Finding;
  readonly findings: readonly Finding[];
  /** Everybody who owns one of them, in the findings' order; null is nobody. */
  readonly owners: readonly (string | null)[];
}

/** Groups by rule and severity; groups and their findings keep the order in which they first come. */
export const groupByRule = (findings: readonly Finding[]): readonly FindingGroup[] =>
  grouped(findings, ({ rule, severity }) => JSON.stringify([rule, severity]));

/** Groups by rule, severity and vendor, in the same order. */
export const groupByVendorAndRule = (findings: readonly Finding[]): readonly FindingGroup[] =>
  grouped(findings, ({ rule, severity, subject }) => JSON.stringify([rule, severity, subject.vendor]));

function grouped(findings: readonly Finding[], keyOf: (finding: Finding) => string): readonly FindingGroup[] {
  const groups = new Map<string, [Finding, ...Finding[]]>();
  for (const finding of findings) {
    const key = keyOf(finding);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  return [...groups.values()].map((group) => toGroup(group));
}

function toGroup(findings: readonly [Finding, ...Finding[]]): FindingGroup {
  const [first] = findings;
  const owners = [...new Set(findings.map(({ owner }) => owner))];
  return { rule: first.rule, severity: first.severity, first, findings, owners };
}
