import { describe, expect, test } from 'vitest';
import { lintProblems } from '../../support/sarif-lint.js';
import { multitool, multitoolProblems } from '../../support/multitool.js';
import { rendered } from '../../support/rendered.js';
import { schemaProblems } from '../../support/sarif-schema.js';
import { completeSample, sampleResult } from '../../support/sample-result.js';
import { hostileResult } from '../../support/hostile-result.js';

const RESULTS = [
  ['the complete sample', completeSample()],
  ['the incomplete sample', sampleResult()],
  ['hostile names everywhere', hostileResult()],
] as const;

const FILES = RESULTS.flatMap(([name, result]) =>
  [...rendered(result, 'sarif')].map(([path, text]) => [name, path, text] as const),
);

/** Valid JSON and valid by its looks, but a result without a location, a wrong rule and a level out of the blue. */
const CANARY = JSON.stringify({
  version: '2.1.0',
  runs: [{ tool: { driver: { name: 'canary' } }, results: [{ message: { text: 'x' }, level: 'fatal' }] }],
});
const LOOKS_VALID = CANARY.replace('fatal', 'error');

test('there are files to check', () => {
  expect(FILES.length).toBeGreaterThan(6);
});

describe('every SARIF file', () => {
  test.each(FILES)('of %s, %s, is valid by the JSON schema', (_name, _path, text) => {
    expect(schemaProblems(text)).toEqual([]);
  });

  test.each(FILES)('of %s, %s, is what GitHub takes', (_name, _path, text) => {
    expect(lintProblems(text)).toEqual([]);
  });
});

describe('a file that must fail', () => {
  test('fails by the schema', () => {
    expect(schemaProblems(CANARY)).not.toEqual([]);
  });

  test('fails by the linter', () => {
    expect(lintProblems(LOOKS_VALID)).toContain('unknown rule ');
    expect(lintProblems(LOOKS_VALID)).toContain('bad location ');
  });
});

const tool = multitool();
describe.skipIf(tool === undefined)('by the SARIF multitool (skipped where it is not installed)', () => {
  test('no file has an error', () => {
    expect(
      multitoolProblems(
        tool ?? '',
        FILES.map(([, , text]) => text),
      ),
    ).toEqual([]);
  }, 120_000);

  test('a file that must fail does', () => {
    expect(multitoolProblems(tool ?? '', [LOOKS_VALID]).join('\n')).toContain('GH1001');
  }, 60_000);
});
