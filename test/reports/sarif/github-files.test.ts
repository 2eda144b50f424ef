import type { Log, Result } from 'sarif';
import { describe, expect, test } from 'vitest';
import type { AuditResult } from '../../../src/core/result.js';
import {
  aCoverage,
  aFinding,
  aPlace,
  aResult,
  aRule,
  aSubject,
  fingerprintOfFake,
} from '../../support/audit-result.js';
import { rendered, renderedFile } from '../../support/rendered.js';
import { completeSample, sampleResult } from '../../support/sample-result.js';

const HEAD = 'a'.repeat(40);
const web = aCoverage({ source: 'acme/web', kind: 'repository', part: 'objects', head: HEAD });
const tools = aCoverage({ source: 'acme/tools', kind: 'repository', part: 'objects', head: HEAD });
const subject = aSubject({ kind: 'leak', fingerprint: fingerprintOfFake('ak1') });
const leaked = (over: Parameters<typeof aFinding>[0] = {}) =>
  aFinding({ rule: 'leaked-live', severity: 'critical', subject, places: [aPlace()], ...over });
const RULES = [aRule(), aRule({ id: 'leaked-live', subject: 'leak' })];

const auditOf = (over: Parameters<typeof aResult>[0]): AuditResult =>
  aResult({ rules: RULES, coverage: [aCoverage(), web], ...over });

const filesOf = (result: AuditResult): readonly string[] =>
  [...rendered(result, 'sarif').keys()].filter((path) => path.startsWith('github/'));

function resultsIn(result: AuditResult, path: string): readonly Result[] {
  const { runs } = JSON.parse(renderedFile(result, 'sarif', path)) as Log;
  return runs.flatMap((run) => run.results ?? []);
}

describe('what GitHub should ingest', () => {
  test('is one file for the inventory and one for each repository that has a commit', () => {
    const list = aCoverage({ source: 'acme', kind: 'repository', part: 'list of repositories' });
    expect(filesOf(auditOf({ coverage: [aCoverage(), list, web, tools] }))).toEqual([
      'github/inventory.sarif',
      'github/acme__tools.sarif',
      'github/acme__web.sarif',
    ]);
  });

  test('is there for a repository without findings, so that old alerts close', () => {
    expect(resultsIn(auditOf({}), 'github/acme__web.sarif')).toEqual([]);
  });

  test('holds neither suppressed findings nor what could not be judged', () => {
    const active = aFinding({ subject: aSubject({ id: 'a' }) });
    const others = [
      aFinding({ status: 'suppressed' }),
      aFinding({ verdict: 'unknown', subject: aSubject({ id: 'u' }) }),
    ];
    const results = resultsIn(auditOf({ findings: [active, ...others] }), 'github/inventory.sarif');
    expect(results.map(({ partialFingerprints }) => partialFingerprints?.['keyauditFinding/v1'])).toEqual([
      active.id,
    ]);
    expect(results[0]).not.toHaveProperty('suppressions');
    expect(results[0]).not.toHaveProperty('baselineState');
  });

  test('holds a leak in every repository where it has a place, first with that place', () => {
    const other = aPlace({ repository: 'acme/tools', path: 'old.env' });
    const result = auditOf({
      coverage: [aCoverage(), web, tools],
      findings: [leaked({ places: [other, aPlace()] })],
    });
    const uris = ['github/acme__web.sarif', 'github/acme__tools.sarif'].map(
      (path) => resultsIn(result, path)[0]?.locations?.[0]?.physicalLocation?.artifactLocation?.uri,
    );
    expect(uris).toEqual(['src/player.ts', 'old.env']);
  });
});

describe('an outage does not look like a fix:', () => {
  test.each([
    [
      'a repository that was read in part has no file',
      { ...web, status: 'partial' } as const,
      ['github/inventory.sarif'],
    ],
    [
      'a repository that failed in one of its parts has no file',
      { ...web, part: 'issues', status: 'failed' } as const,
      ['github/inventory.sarif'],
    ],
  ])('%s', (_case, hole, expected) => {
    expect(filesOf(auditOf({ coverage: [aCoverage(), web, hole] }))).toEqual(expected);
  });

  test('without all keys no repository has a file, because fewer of its leaks are found', () => {
    const failed = aCoverage({ source: 'xr', status: 'failed' });
    expect(filesOf(auditOf({ coverage: [aCoverage(), failed, web] }))).toEqual(['github/inventory.sarif']);
  });

  test('a source that failed has no run, and one that could be read still has', () => {
    const failed = aCoverage({ source: 'xr', status: 'failed' });
    const { runs } = JSON.parse(
      renderedFile(auditOf({ coverage: [aCoverage(), failed] }), 'sarif', 'github/inventory.sarif'),
    ) as Log;
    expect(runs.map((run) => run.automationDetails?.id)).toEqual([
      'keyaudit/inventory/api-video/video-prod/2026-11-15',
    ]);
  });

  test('the complete file has its run all the same, as one that did not succeed', () => {
    const { runs } = JSON.parse(renderedFile(sampleResult(), 'sarif', 'keyaudit.sarif')) as Log;
    const failed = runs.find((run) => run.automationDetails?.id?.includes('/xr/'));
    expect(failed?.invocations?.[0]?.executionSuccessful).toBe(false);
    expect(failed?.results).toEqual([]);
  });
});

describe('an alert stays the same alert', () => {
  const idsOf = (places: ReturnType<typeof aPlace>[]) =>
    resultsIn(auditOf({ findings: [leaked({ places })] }), 'github/acme__web.sarif')[0]?.partialFingerprints;

  test.each([
    ['when the file is moved', aPlace({ path: 'lib/moved.ts' })],
    ['when lines are added above', aPlace({ line: 900 })],
    ['when history is rebased', aPlace({ commit: 'f'.repeat(40) })],
    ['when it leaves HEAD', aPlace({ inHead: false })],
  ])('%s', (_case, place) => {
    expect(idsOf([place])).toEqual(idsOf([aPlace()]));
  });
});

describe('locations', () => {
  const locationOf = (result: AuditResult, path: string) =>
    resultsIn(result, path)[0]?.locations?.[0]?.physicalLocation;

  test('a key stands at its line in the key register', () => {
    const result = auditOf({ findings: [aFinding()] });
    expect(locationOf(result, 'github/inventory.sarif')).toEqual({
      artifactLocation: { uri: 'audit.keys.yaml' },
      region: { startLine: 12 },
    });
  });

  test('a key that nobody wrote down has a path that says that it is no file', () => {
    const result = auditOf({ keys: [], findings: [aFinding()] });
    const location = locationOf(result, 'github/inventory.sarif');
    expect(location?.artifactLocation?.uri).toBe('.keyaudit/api-video/video-prod/ak1');
    expect(location?.artifactLocation?.description?.text).toContain('not a file');
  });

  test.each([
    ['still on its line at HEAD names that line', { inHead: true }, 7],
    ['in a file that is gone at HEAD names the old line', { inHead: false, pathInHead: false }, 7],
    ['gone from a file that lives on names no line', { inHead: false, pathInHead: true }, undefined],
    ['of which nobody can say names no line', { inHead: false, pathInHead: undefined }, undefined],
  ])('a string %s', (_case, standing, line) => {
    const result = auditOf({ findings: [leaked({ places: [aPlace(standing)] })] });
    expect(locationOf(result, 'github/acme__web.sarif')?.region?.startLine).toBe(line);
  });
});

test('a rule whose severity varies has one id for each', () => {
  const { runs } = JSON.parse(renderedFile(completeSample(), 'sarif', 'keyaudit.sarif')) as Log;
  const rules = runs
    .flatMap((run) => run.tool.driver.rules ?? [])
    .filter(({ id }) => id.startsWith('leaked-unregistered'));
  expect(rules.map(({ id, properties }) => [id, properties?.['security-severity'] as unknown])).toEqual([
    ['leaked-unregistered/critical', '9.5'],
    ['leaked-unregistered/medium', '5.5'],
  ]);
});
