import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { resultJsonSchema } from '../../../src/reports/json/result-schema.js';
import { expectGolden } from '../../support/golden.js';
import { hostileResult } from '../../support/hostile-result.js';
import { largeResult } from '../../support/large-result.js';
import { renderedFile } from '../../support/rendered.js';
import { completeSample, sampleResult } from '../../support/sample-result.js';

const schema = resultJsonSchema() as object;
const validate = new Ajv2020({ strict: false, validateFormats: false, allErrors: true }).compile(schema);

function problems(document: unknown): readonly string[] {
  if (validate(document)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
}

const RESULTS = [
  ['the sample', sampleResult()],
  ['the complete sample', completeSample()],
  ['hostile names', hostileResult()],
  ['a large one', largeResult(500)],
] as const;

describe('keyaudit.json', () => {
  test.each(RESULTS)('of %s is as its schema says', (_name, result) => {
    expect(problems(JSON.parse(renderedFile(result, 'json', 'keyaudit.json')))).toEqual([]);
  });

  test.each([
    ['without a finding’s owner', (text: string) => text.replace('"owner":"team-web",', '')],
    [
      'with a severity of its own',
      (text: string) => text.replace('"severity":"critical"', '"severity":"awful"'),
    ],
    ['without its counts', (text: string) => text.replace('"counts": ', '"numbers": ')],
    ['of another version', (text: string) => text.replace('"schemaVersion": 1', '"schemaVersion": 2')],
  ])('%s is refused', (_case, damage) => {
    const text = renderedFile(sampleResult(), 'json', 'keyaudit.json');
    expect(damage(text)).not.toBe(text);
    expect(problems(JSON.parse(damage(text)))).not.toEqual([]);
  });

  test('a known value that reads "unknown" has no reason, an unknown one has', () => {
    const { keys } = JSON.parse(renderedFile(sampleResult(), 'json', 'keyaudit.json')) as {
      keys: { createdAt: string; name: string; reasons: Record<string, string> }[];
    };
    const last = keys.at(-1);
    expect(last?.createdAt).toBe('unknown');
    expect(last?.reasons['createdAt']).toBe('left out');
    expect(last?.reasons).not.toHaveProperty('name');
  });
});

test('the published schema changes only on purpose', () => {
  expectGolden('reports/keyaudit.schema.json', `${JSON.stringify(schema, null, 2)}\n`);
});
