import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';

const require = createRequire(import.meta.url);
const folder = dirname(require.resolve('@microsoft/sarif-multitool-ts'));
const schema = JSON.parse(readFileSync(join(folder, '../assets/sarif-2.1.0.schema.json'), 'utf8')) as object;

// The schema's formats are checked by our own linter: ajv has none of them built in.
const validate = new Ajv2020({ strict: false, validateFormats: false, allErrors: true }).compile(schema);

/** What the SARIF 2.1.0 JSON schema says against a file; empty when it is valid. */
export function schemaProblems(text: string): readonly string[] {
  if (validate(JSON.parse(text))) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
}
