import { describe, expect, test } from 'vitest';
import type { Log } from 'sarif';
import { SEVERITIES } from '../../src/core/finding.js';
import type { AuditResult } from '../../src/core/result.js';
import { terminalSummary } from '../../src/reports/terminal/terminal-summary.js';
import { csvRecords } from '../support/csv.js';
import { hostileResult } from '../support/hostile-result.js';
import { renderedFile } from '../support/rendered.js';
import { completeSample, sampleResult } from '../support/sample-result.js';

const RESULTS = [
  ['the sample', sampleResult()],
  ['the complete sample', completeSample()],
  ['the hostile one', hostileResult()],
] as const;

const failing = ({ counts }: AuditResult): number =>
  SEVERITIES.reduce((sum, severity) => sum + counts.bySeverity[severity], 0);

const number = (text: string | undefined): number => Number(text?.replaceAll(',', ''));

describe.each(RESULTS)('counts of %s', (_name, result) => {
  const { counts } = result;

  test('add up', () => {
    const { byStatus, byVerdict } = counts;
    expect(byStatus.new + byStatus.known + byStatus.suppressed).toBe(failing(result));
    expect(byVerdict.fail).toBe(failing(result));
    expect(Object.values(byVerdict).reduce((sum, one) => sum + one, 0)).toBe(counts.judgements);
    expect(result.findings).toHaveLength(byVerdict.fail + byVerdict.unknown);
  });

  test('are those of the JSON', () => {
    const parsed = JSON.parse(renderedFile(result, 'json', 'keyaudit.json')) as AuditResult;
    expect(parsed.counts).toEqual(counts);
    expect(parsed.findings).toHaveLength(result.findings.length);
  });

  test('are those of the SARIF', () => {
    const { runs } = JSON.parse(renderedFile(result, 'sarif', 'keyaudit.sarif')) as Log;
    const results = runs.flatMap((run) => run.results ?? []);
    expect(results.filter(({ kind }) => kind === 'fail')).toHaveLength(counts.byVerdict.fail);
    expect(results.filter(({ kind }) => kind === 'open')).toHaveLength(counts.byVerdict.unknown);
  });

  test('are those of the CSV', () => {
    const rows = csvRecords(renderedFile(result, 'csv', 'keyaudit.csv'));
    expect(rows.filter(({ record }) => record === 'finding')).toHaveLength(result.findings.length);
    for (const severity of SEVERITIES) {
      const own = rows.filter((row) => row['severity'] === severity && row['verdict'] === 'fail');
      expect(own).toHaveLength(counts.bySeverity[severity]);
    }
  });

  test('are those of JUnit', () => {
    const head = /tests="(\d+)" failures="(\d+)" errors="(\d+)" skipped="(\d+)"/.exec(
      renderedFile(result, 'junit', 'keyaudit.junit.xml'),
    );
    const suppressed = result.findings.filter(({ status }) => status === 'suppressed').length;
    expect(number(head?.[2]) + number(head?.[4])).toBe(result.findings.length);
    expect(number(head?.[4])).toBeGreaterThanOrEqual(suppressed);
    expect(number(head?.[3])).toBe(result.coverage.filter(({ status }) => status !== 'complete').length);
  });

  test('are those of the Markdown table, and its rows hold every finding', () => {
    const text = renderedFile(result, 'markdown', 'keyaudit.md');
    for (const severity of SEVERITIES) {
      const total = new RegExp(`<tr><td>${severity}</td>(?:<td>[\\d,]+</td>){3}<td>([\\d,]+)</td>`).exec(
        text,
      );
      expect(number(total?.[1])).toBe(counts.bySeverity[severity]);
    }
    for (const finding of result.findings) {
      if (finding.verdict === 'fail' && finding.status !== 'suppressed') expect(text).toContain(finding.id);
    }
  });

  test('are those of the terminal', () => {
    const text = terminalSummary(result, { width: 100, colour: false });
    for (const severity of SEVERITIES) {
      expect(text).toContain(`${counts.bySeverity[severity].toLocaleString('en')} ${severity}`);
    }
  });
});
