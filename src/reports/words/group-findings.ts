import { compareText } from '../../core/compare-text.js';
import { type Finding, SEVERITIES, type Severity } from '../../core/finding.js';

/** Findings that say the same about several subjects. Never empty. */
export interface FindingGroup {
  readonly rule: string;
  readonly severity: Severity;
  readonly first: Finding;
  readonly findings: readonly Finding[];
  /** Everybody who owns one of them, in the findings' order; null is nobody. */
  readonly owners: readonly (string | null)[];
}

/**
 * Groups by rule and severity, for a reader who has time for few: worst first, then leaks, then what concerns most.
 * The findings of a group keep their order.
 */
export const groupByRule = (findings: readonly Finding[]): readonly FindingGroup[] =>
  grouped(findings, ({ rule, severity }) => JSON.stringify([rule, severity])).toSorted(
    (left, right) =>
      SEVERITIES.indexOf(left.severity) - SEVERITIES.indexOf(right.severity) ||
      leakRank(left) - leakRank(right) ||
      right.findings.length - left.findings.length ||
      compareText(left.rule, right.rule),
  );

const leakRank = ({ first }: FindingGroup): number => (first.subject.kind === 'leak' ? 0 : 1);

/** Groups by rule, severity and vendor; groups and their findings keep the order in which they first come. */
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
