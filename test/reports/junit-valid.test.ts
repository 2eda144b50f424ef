import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { hostileResult } from '../support/hostile-result.js';
import { largeResult } from '../support/large-result.js';
import { renderedFile } from '../support/rendered.js';
import { completeSample, sampleResult } from '../support/sample-result.js';

const SCHEMA = readFileSync(join(import.meta.dirname, '../support/junit.xsd'), 'utf8');

/** What libxml2 says of a file. */
async function problemsOf(text: string): Promise<readonly string[]> {
  const { valid, errors } = await validateXML({
    xml: { fileName: 'keyaudit.junit.xml', contents: text },
    schema: SCHEMA,
    maxMemoryPages: 4_096,
  });
  return valid ? [] : errors.map(({ rawMessage }) => rawMessage);
}

const sample = renderedFile(sampleResult(), 'junit', 'keyaudit.junit.xml');

describe('keyaudit.junit.xml is valid by the schema', () => {
  test.each([
    ['for the sample', () => sampleResult()],
    ['for the complete sample', () => completeSample()],
    ['for hostile names everywhere', () => hostileResult()],
    ['for 10,000 findings', () => largeResult(10_000)],
  ])('%s', async (_name, result) => {
    expect(await problemsOf(renderedFile(result(), 'junit', 'keyaudit.junit.xml'))).toEqual([]);
  });
});

describe('a file that must fail does', () => {
  test.each([
    ['without the name of a case', sample.replace(/ name="[^"]*"\/>/, '/>')],
    ['with a count that is no number', sample.replace(/tests="\d+"/, 'tests="many"')],
    ['with an element that nobody knows', sample.replace('<testsuite ', '<suite/><testsuite ')],
    ['with a control character', sample.replace('name="keyaudit"', `name="${String.fromCharCode(7)}"`)],
    ['that is cut off', sample.slice(0, -20)],
  ])('%s', async (_case, text) => {
    expect(text).not.toBe(sample);
    expect(await problemsOf(text)).not.toEqual([]);
  });
});
