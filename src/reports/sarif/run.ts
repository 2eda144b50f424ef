import type { ReportingDescriptor, Result, Run, ToolComponent } from 'sarif';
import type { Coverage } from '../../core/coverage.js';
import { type Finding, SEVERITIES, type SubjectKind } from '../../core/finding.js';
import type { Drift } from '../../core/drift.js';
import type { AuditResult } from '../../core/result.js';
import type { Rule } from '../../core/rule.js';
import { findingResult, type ResultContext } from './finding-result.js';
import { invocation, NOTIFICATIONS } from './notifications.js';
import { ruleDescriptor } from './rule-descriptor.js';
import { taxonomiesOf } from './taxonomies.js';

export interface RunPlan {
  /** `keyaudit/leaks`, `keyaudit/inventory/<vendor>/<source>`: unique within a file. */
  readonly category: string;
  readonly subjects: readonly SubjectKind[];
  /** In the findings' total order. */
  readonly findings: readonly Finding[];
  readonly coverage: readonly Coverage[];
  /** Of the sources that the run is about. */
  readonly drift?: Drift;
  readonly provenance?: Run['versionControlProvenance'];
  /** Results beyond this are cut, and the run says so. */
  readonly maxResults: number;
}

/** A run without its results, which are apart so that a large file can be written in pieces. */
export interface PlannedRun {
  readonly run: Omit<Run, 'results'>;
  readonly results: () => Iterable<Result>;
}

export function planRun(plan: RunPlan, audit: AuditResult, context: ResultContext): PlannedRun {
  const kept = plan.findings.slice(0, plan.maxResults);
  const rules = audit.rules.filter((rule) => plan.subjects.includes(rule.subject));
  const taxonomies = taxonomiesOf(rules, context.complete ? audit.compliance : []);
  const cut = plan.findings.length - kept.length;
  // They speak of the whole audit: a repository's own file does not carry those of others.
  const notes = context.repository === undefined ? audit.notes : [];
  const run: Omit<Run, 'results'> = {
    tool: { driver: driver({ audit, rules, taxonomies, findings: plan.findings }) },
    automationDetails: { id: `${plan.category}/${audit.run.asOf.slice(0, 10)}` },
    columnKind: 'utf16CodeUnits',
    invocations: [invocation({ ...plan, asOf: audit.run.asOf, cut, notes, drift: plan.drift })],
    ...(taxonomies.length === 0 ? {} : { taxonomies }),
    ...(plan.drift === undefined ? {} : { properties: { drift: plan.drift } }),
    ...(plan.provenance === undefined ? {} : { versionControlProvenance: plan.provenance }),
  };
  return { run, results: () => results(kept, context) };
}

function* results(findings: readonly Finding[], context: ResultContext): Generator<Result> {
  for (const finding of findings) {
    const result = findingResult(finding, context);
    if (result !== undefined) yield result;
  }
}

interface DriverParts {
  readonly audit: AuditResult;
  readonly rules: readonly Rule[];
  readonly taxonomies: readonly ToolComponent[];
  readonly findings: readonly Finding[];
}

function driver({ audit, rules, taxonomies, findings }: DriverParts): ToolComponent {
  return {
    name: audit.tool.name,
    version: audit.tool.version,
    semanticVersion: audit.tool.version,
    rules: descriptors({ rules, taxonomies, findings }),
    notifications: [...NOTIFICATIONS],
    ...(taxonomies.length === 0
      ? {}
      : { supportedTaxonomies: taxonomies.map(({ name }, index) => ({ name, index })) }),
  };
}

/** One descriptor for each severity that a rule can have or did have. */
function descriptors({ rules, taxonomies, findings }: Omit<DriverParts, 'audit'>): ReportingDescriptor[] {
  const seen = new Set(findings.map(({ rule, severity }) => `${severity} ${rule}`));
  return rules.flatMap((rule) => {
    if (rule.tiers.length === 0) return [ruleDescriptor(rule, rule.severity, taxonomies)];
    const possible = new Set([rule.severity, ...rule.tiers]);
    return SEVERITIES.filter((severity) => possible.has(severity) || seen.has(`${severity} ${rule.id}`)).map(
      (severity) => ruleDescriptor(rule, severity, taxonomies),
    );
  });
}
