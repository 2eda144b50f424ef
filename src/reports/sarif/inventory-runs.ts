import { compareText } from '../../core/compare-text.js';
import type { Coverage } from '../../core/coverage.js';
import type { Drift } from '../../core/drift.js';
import type { Finding } from '../../core/finding.js';
import type { AuditResult } from '../../core/result.js';
import { uriPath } from '../escape/uri-path.js';

/** GitHub takes 20 runs a file; one is for leaks. With more sources than that, runs are per vendor. */
const MAX_INVENTORY_RUNS = 19;

/** What goes into one run about keys and projects. */
export interface InventoryGroup {
  readonly category: string;
  readonly coverage: readonly Coverage[];
  readonly findings: readonly Finding[];
  /** Absent where none of its sources could be compared. */
  readonly drift?: Drift;
}

/** The vendor sources of an audit in groups, one a run, by vendor and name; also those that nothing was found in. */
export function inventoryGroups(audit: AuditResult, findings: readonly Finding[]): readonly InventoryGroup[] {
  const vendors = vendorsOf(audit);
  const perSource = vendors.size <= MAX_INVENTORY_RUNS;
  const groups = new Map<string, { readonly coverage: Coverage[]; readonly findings: Finding[] }>();
  const groupOf = (source: string) => {
    const vendor = vendors.get(source) ?? 'unknown';
    const category = ['keyaudit', 'inventory', vendor, perSource ? source : 'all'].map(uriPath).join('/');
    const group = groups.get(category) ?? { coverage: [], findings: [] };
    groups.set(category, group);
    return group;
  };
  for (const entry of audit.coverage) if (entry.kind === 'vendor') groupOf(entry.source).coverage.push(entry);
  for (const finding of findings) {
    if (finding.subject.kind !== 'leak') groupOf(finding.subject.source).findings.push(finding);
  }
  return [...groups]
    .map(([category, group]) => ({ category, ...group, ...driftOf(audit.drift, group.coverage) }))
    .toSorted((left, right) => compareText(left.category, right.category));
}

/** What changed in the sources of one group. */
function driftOf(drift: Drift | undefined, coverage: readonly Coverage[]): Pick<InventoryGroup, 'drift'> {
  const sources = new Set(coverage.map(({ source }) => source));
  const own = <T extends { readonly source: string }>(keys: readonly T[]): readonly T[] =>
    keys.filter(({ source }) => sources.has(source));
  const compared = drift?.sources.filter((source) => sources.has(source)) ?? [];
  if (drift === undefined || compared.length === 0) return {};
  const { since, appeared, gone, changed } = drift;
  return {
    drift: {
      since,
      sources: compared,
      appeared: own(appeared),
      gone: own(gone),
      changed: own(changed),
    },
  };
}

/** Every vendor source with its vendor, where anything tells it. */
function vendorsOf({ coverage, keys, projects, findings }: AuditResult): ReadonlyMap<string, string> {
  const vendors = new Map<string, string>();
  for (const entry of coverage) if (entry.kind === 'vendor') vendors.set(entry.source, 'unknown');
  for (const { subject } of findings) {
    if (subject.kind !== 'leak') vendors.set(subject.source, subject.vendor ?? 'unknown');
  }
  for (const { source, vendor } of [...projects, ...keys]) vendors.set(source, vendor);
  return vendors;
}
