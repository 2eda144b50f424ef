import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { configJsonSchema } from '../src/config/schema.js';
import { inventoryJsonSchema } from '../src/inventory/inventory-schema.js';
import { registerJsonSchema } from '../src/inventory/register.js';
import { resultJsonSchema } from '../src/reports/json/result-schema.js';

const ROOT = join(import.meta.dirname, '..');

/** Every file that people or programs read or write, by the name of its published schema. */
const SCHEMAS: Readonly<Record<string, () => unknown>> = {
  config: configJsonSchema,
  keys: registerJsonSchema,
  inventory: inventoryJsonSchema,
  result: resultJsonSchema,
};

const pathOf = (name: string): string => join(ROOT, `src/schemas/${name}.schema.json`);
const textOf = (schema: unknown): string => `${JSON.stringify(schema, undefined, 2)}\n`;

describe('the published JSON Schemas', () => {
  // UPDATE_DOCS=1 writes them anew.
  it.each(Object.entries(SCHEMAS))('hold what keyaudit checks: %s', (name, schema) => {
    if (process.env['UPDATE_DOCS'] === '1') {
      mkdirSync(join(ROOT, 'schemas'), { recursive: true });
      writeFileSync(pathOf(name), textOf(schema()));
    } else expect(readFileSync(pathOf(name), 'utf8')).toBe(textOf(schema()));
  });

  it.each([
    ['audit.config.yaml', 'config'],
    ['audit.keys.yaml', 'keys'],
  ])('accept %s', (file, name) => {
    const check = validator(name);
    check(parse(readFileSync(join(ROOT, file), 'utf8')));
    expect(check.errors).toBeNull();
  });

  it('are found by editors through the first line of the configuration', () => {
    const [first] = readFileSync(join(ROOT, 'audit.config.yaml'), 'utf8').split('\n', 1);
    expect(first).toBe('# yaml-language-server: $schema=src/schemas/config.schema.json');
  });

  it.each<[string, string, unknown]>([
    ['an unknown setting', 'config', { version: 1, sauces: [] }],
    [
      'a literal credential',
      'config',
      { version: 1, sources: [{ id: 'v', vendor: 'vidbeo', credential: 'x' }] },
    ],
    [
      'a suppression without an owner',
      'config',
      { version: 1, suppressions: [{ rule: 'r', subject: 's/k' }] },
    ],
    ['a key without an id', 'keys', { version: 1, keys: [{ source: 'v' }] }],
    ['a result of another version', 'result', { schemaVersion: 2 }],
  ])('refuse %s', (_case, name, data) => {
    expect(validator(name)(data)).toBe(false);
  });
});

function validator(name: string) {
  const schema: unknown = JSON.parse(readFileSync(pathOf(name), 'utf8'));
  return new Ajv2020({ strict: false, validateFormats: false }).compile(schema as object);
}
