import type { Log, Run } from 'sarif';
import { describe, expect, test } from 'vitest';
import type { AuditResult } from '../../src/core/result.js';
import { REPORTS } from '../../src/reports/index.js';
import type { ReportFormat } from '../../src/core/report-format.js';
import { terminalSummary } from '../../src/reports/terminal/terminal-summary.js';
import { csvRecords } from '../support/csv.js';
import { rendered, renderedFile } from '../support/rendered.js';
import { completeSample, sampleResult } from '../support/sample-result.js';

/** What no finding stands behind, and every report tells all the same. */
const RESULT = sampleResult();
const FORMATS = Object.keys(REPORTS) as ReportFormat[];
const MAIN = {
  sarif: 'keyaudit.sarif',
  markdown: 'keyaudit.md',
  html: 'keyaudit.html',
  json: 'keyaudit.json',
  junit: 'keyaudit.junit.xml',
  csv: 'keyaudit.csv',
} as const satisfies Record<ReportFormat, string>;

const without = (result: AuditResult, ...fields: readonly (keyof AuditResult)[]): AuditResult =>
  Object.fromEntries(
    Object.entries(result).filter(([name]) => !fields.some((field) => field === name)),
  ) as unknown as AuditResult;

const main = (result: AuditResult, format: ReportFormat): string =>
  renderedFile(result, format, MAIN[format]);

const runs = (result: AuditResult): readonly Run[] => (JSON.parse(main(result, 'sarif')) as Log).runs;

describe.each(FORMATS)('%s', (format) => {
  test('says what changed since the last run: wider, new and gone', () => {
    const text = main(RESULT, format);
    for (const word of ['192.0.2.0/24', 'ak3', 'vb0', 'team-web']) expect(text).toContain(word);
    const silent = main(without(RESULT, 'drift'), format);
    expect(silent).not.toContain('192.0.2.0/24');
    expect(silent).not.toContain('vb0');
  });

  test('carries every note on the run, so that no override is hidden', () => {
    const note = 'key-too-old is judged by days = 400 instead of 90 days';
    expect(main({ ...RESULT, notes: [note] }, format).replaceAll(/<\/?code>/g, '')).toContain(note);
  });

  test('says of every control what this run tells of it, also what is not covered', () => {
    const text = main(RESULT, format);
    for (const word of ['NHI3', 'Vulnerable Third-Party NHI', 'H1']) expect(text).toContain(word);
    expect(text).toMatch(/not.covered/);
  });
});

test('the terminal has what changed and the notes', () => {
  const text = terminalSummary(RESULT, { width: 100, colour: false });
  expect(text).toContain('192.0.2.0/24');
  expect(text.replaceAll(/\s+/g, ' ')).toContain(RESULT.notes[0]);
});

describe('SARIF', () => {
  const byCategory = (part: string): Run | undefined =>
    runs(RESULT).find(({ automationDetails }) => automationDetails?.id?.includes(part));

  test('keeps the drift of a source in the run of that source, as notes that fail nothing', () => {
    const vidbeo = byCategory('inventory/vidbeo/vidbeo');
    expect(vidbeo?.properties?.['drift']).toMatchObject({ sources: ['vidbeo'], appeared: [] });
    const told = vidbeo?.invocations?.[0]?.toolExecutionNotifications ?? [];
    expect(told.filter(({ descriptor }) => descriptor?.id === 'key-drift')).toHaveLength(3);
    expect(told.every(({ level }) => level === 'note')).toBe(true);
    expect(vidbeo?.invocations?.[0]?.executionSuccessful).toBe(true);
    expect(byCategory('leaks')?.properties).toBeUndefined();
  });

  test('has every standard as a taxonomy whose taxa hold the results', () => {
    const taxonomies = byCategory('leaks')?.taxonomies ?? [];
    const results = taxonomies.flatMap(({ name, taxa = [] }) =>
      taxa.map(({ id, properties }) => [name, id, properties?.['result'] as unknown]),
    );
    expect(results).toContainEqual(['OWASP NHI', 'NHI2', 'broken']);
    expect(results).toContainEqual(['OWASP NHI', 'NHI3', 'not-covered']);
    expect(results).toContainEqual(['House <rules>', 'H1', 'nothing-found']);
  });

  test('tells of a drift of thousands of keys the first hundred, and keeps all', () => {
    const { drift } = RESULT;
    const [one] = drift?.gone ?? [];
    if (drift === undefined || one === undefined) throw new Error('the sample has a key that is gone');
    const gone = Array.from({ length: 3000 }, () => one);
    const vidbeo = runs({ ...RESULT, drift: { ...drift, gone } }).find(({ properties }) =>
      JSON.stringify(properties ?? {}).includes('vb0'),
    );
    const told = vidbeo?.invocations?.[0]?.toolExecutionNotifications ?? [];
    expect(told).toHaveLength(RESULT.notes.length + 102);
    expect(told.at(-1)?.message.text).toMatch(/^2901 more/);
    expect(vidbeo?.properties?.['drift']).toHaveProperty('gone.length', 3000);
  });

  test('puts no other source into the file of a repository', () => {
    for (const [path, text] of rendered(completeSample(), 'sarif')) {
      if (/^github\/(?!inventory)/.test(path)) expect(text).not.toMatch(/192\.0\.2\.0|run-note"}/);
    }
  });
});

test('CSV marks what each row is about, and only findings have a severity', () => {
  const rows = csvRecords(main(RESULT, 'csv'));
  expect([...new Set(rows.map(({ record }) => record))]).toEqual([
    'finding',
    'coverage',
    'drift',
    'note',
    'control',
  ]);
  expect(rows.filter(({ severity }) => severity !== '').every(({ record }) => record === 'finding')).toBe(
    true,
  );
});

test('JUnit tells them as properties of suites without tests', () => {
  const text = main(RESULT, 'junit');
  for (const name of ['drift', 'notes', 'standards']) {
    expect(text).toMatch(
      new RegExp(
        `<testsuite name="${name}" tests="0" failures="0" errors="0" skipped="0">\\s+<properties>\\s+<property name=`,
      ),
    );
  }
});
