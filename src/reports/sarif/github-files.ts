import { compareText } from '../../core/compare-text.js';
import { type Coverage, isComplete } from '../../core/coverage.js';
import type { Finding } from '../../core/finding.js';
import type { AuditResult } from '../../core/result.js';
import type { RenderedFile } from '../rendered-file.js';
import { activeFindings } from '../words/select-findings.js';
import { fileNames } from './file-names.js';
import { inventoryGroups } from './inventory-runs.js';
import { logText } from './log-text.js';
import { provenance } from './provenance.js';
import { lookups } from './result-context.js';
import { planRun, type RunPlan } from './run.js';

/** GitHub keeps no more results of a run. */
const MAX_RESULTS = 5_000;

/**
 * What GitHub code scanning should ingest: only active `fail` results, one file per repository and one for the
 * inventory. Whatever could not be read completely is left out: fewer results close alerts, and an outage must not
 * look like a fix.
 */
export function githubFiles(audit: AuditResult): readonly RenderedFile[] {
  const findings = activeFindings(audit.findings);
  return [...inventoryFile(audit, findings), ...repositoryFiles(audit, findings)];
}

function inventoryFile(audit: AuditResult, findings: readonly Finding[]): readonly RenderedFile[] {
  const context = { ...lookups(audit), repository: undefined, complete: false };
  const runs = inventoryGroups(audit, findings)
    .filter((group) => group.coverage.length > 0 && isComplete(group.coverage))
    .map((group) =>
      planRun({ ...group, subjects: ['key', 'source'], maxResults: MAX_RESULTS }, audit, context),
    );
  return runs.length === 0 ? [] : [{ path: 'github/inventory.sarif', content: logText(runs) }];
}

/** Without all keys of all vendors a scan finds fewer of them, so that no repository counts as read completely. */
function repositoryFiles(audit: AuditResult, findings: readonly Finding[]): readonly RenderedFile[] {
  if (!isComplete(audit.coverage.filter((entry) => entry.kind === 'vendor'))) return [];
  const repositories = completeRepositories(audit.coverage);
  const names = fileNames(repositories);
  const found = leaksByRepository(findings);
  const shared = lookups(audit);
  return repositories.map((repository) => {
    const run = planRun(planFor(repository, audit.coverage, found.get(repository) ?? []), audit, {
      ...shared,
      repository,
      complete: false,
    });
    return { path: `github/${names.get(repository) ?? 'repository'}.sarif`, content: logText([run]) };
  });
}

function planFor(repository: string, coverage: readonly Coverage[], findings: readonly Finding[]): RunPlan {
  const own = coverage.filter((entry) => entry.kind === 'repository' && entry.source === repository);
  const versions = provenance(repository, own, findings);
  return {
    category: 'keyaudit/leaks',
    subjects: ['leak'],
    findings,
    coverage: own,
    ...(versions === undefined ? {} : { provenance: versions }),
    maxResults: MAX_RESULTS,
  };
}

function leaksByRepository(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const found = new Map<string, Finding[]>();
  for (const finding of findings) {
    if (finding.subject.kind !== 'leak') continue;
    for (const repository of new Set(finding.places.map((place) => place.repository))) {
      const own = found.get(repository) ?? [];
      own.push(finding);
      found.set(repository, own);
    }
  }
  return found;
}

/** Repositories with a commit that results can be uploaded for, and without any hole. */
function completeRepositories(coverage: readonly Coverage[]): readonly string[] {
  const entries = coverage.filter((entry) => entry.kind === 'repository');
  const holed = new Set(entries.filter(({ status }) => status !== 'complete').map(({ source }) => source));
  const scanned = entries.filter(({ head, source }) => head !== undefined && !holed.has(source));
  return [...new Set(scanned.map(({ source }) => source))].toSorted(compareText);
}
