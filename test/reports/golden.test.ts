import { describe, expect, test } from 'vitest';
import { githubAnnotations } from '../../src/reports/github-annotations.js';
import type { ReportFormat } from '../../src/core/report-format.js';
import { REPORTS } from '../../src/reports/index.js';
import { terminalSummary } from '../../src/reports/terminal/terminal-summary.js';
import { expectGolden } from '../support/golden.js';
import { rendered } from '../support/rendered.js';
import { completeSample, sampleResult } from '../support/sample-result.js';

const FORMATS = ['sarif', 'markdown', 'html', 'json', 'junit', 'csv'] as const satisfies ReportFormat[];

describe('reports of the sample company', () => {
  test('every registered format has golden files', () => {
    expect(Object.keys(REPORTS).toSorted()).toEqual([...FORMATS].toSorted());
  });

  test.each(FORMATS)('%s is as the golden files show, twice', (format) => {
    for (const round of [1, 2]) {
      for (const [path, text] of rendered(completeSample(), format)) {
        expect(text.length, `${path} in round ${round}`).toBeGreaterThan(0);
        expectGolden(`reports/${path}`, text);
      }
    }
  });

  test('the Markdown of an incomplete audit says what is missing before any finding', () => {
    const text = rendered(sampleResult(), 'markdown').get('keyaudit.md') ?? '';
    expectGolden('reports/incomplete.md', text);
    expect(text.indexOf('C3D_ETL_KEY')).toBeGreaterThan(0);
    expect(text.indexOf('C3D_ETL_KEY')).toBeLessThan(text.indexOf('leaked-live'));
  });

  test('the terminal summary without colours', () => {
    expectGolden('reports/terminal.txt', terminalSummary(sampleResult(), { width: 100, colour: false }));
  });

  test('colours change nothing but colours', () => {
    const plain = terminalSummary(sampleResult(), { width: 100, colour: false });
    const coloured = terminalSummary(sampleResult(), { width: 100, colour: true });
    expect(coloured).not.toBe(plain);
    expect(coloured.replaceAll(new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g'), '')).toBe(plain);
  });

  test('annotations for GitHub Actions', () => {
    expectGolden('reports/annotations.txt', githubAnnotations(sampleResult(), 'acme/web'));
  });
});
