import type { z } from 'zod';
import { type Problem, ProblemsError } from '../core/errors/problem.js';
import type { Inventory } from '../core/inventory.js';
import { escapedJson } from '../core/json-text.js';
import { hasMisleadingName } from '../core/misleading-names.js';
import { parseYaml } from '../yaml/yaml-file.js';
import { zodProblems } from '../yaml/zod-problems.js';
import { inventorySchema } from './inventory-schema.js';

/** More would only bury the first ones. */
const MAX_PROBLEMS = 50;
/** Characters of a file in which mistakes are found by line. */
const MAX_LOCATED = 4_000_000;

/** An inventory written down, to be judged again later: JSON, without any key value, the same bytes for the same inventory. */
export const writeInventory = (inventory: Inventory): string => [...inventoryPieces(inventory)].join('');

/** The same, key by key: the whole text of 50,000 keys, and what it is made of on the way, would take 600 MB at once. */
export function* inventoryPieces(inventory: Inventory): Generator<string> {
  const { schemaVersion, collectedAt, keys, projects, coverage } = inventorySchema.shape;
  yield `{\n  "schemaVersion": ${ordered(schemaVersion, inventory.schemaVersion)}`;
  yield `,\n  "collectedAt": ${ordered(collectedAt, inventory.collectedAt)}`;
  yield* listPieces({ name: 'keys', item: keys.element }, inventory.keys);
  yield* listPieces({ name: 'projects', item: projects.element }, inventory.projects);
  yield* listPieces({ name: 'coverage', item: coverage.element }, inventory.coverage);
  yield '\n}\n';
}

function* listPieces(
  { name, item }: { readonly name: keyof Inventory; readonly item: z.ZodType },
  values: readonly unknown[],
): Generator<string> {
  yield `,\n  "${name}": [`;
  for (const [at, value] of values.entries()) {
    // Line feeds are between values only, so that this indents and changes no text.
    yield `${at === 0 ? '' : ','}\n    ${ordered(item, value).replaceAll('\n', '\n    ')}`;
  }
  yield values.length === 0 ? ']' : '\n  ]';
}

/** Through the schema: it fixes the order of the fields, and lets nothing through that it does not know. */
const ordered = (schema: z.ZodType, value: unknown): string =>
  escapedJson(
    JSON.stringify(schema.parse(JSON.parse(JSON.stringify(value, undefinedAsNull))), undefinedAsNull, 2),
  );

/**
 * Reads a recorded inventory.
 * @param file the name that problems show
 * @throws ProblemsError naming what is wrong by line and column
 */
export function readInventory(text: string, file: string): Inventory {
  const data = parse(text);
  const parsed = inventorySchema.safeParse(data);
  if (parsed.success) return parsed.data;
  const hint = 'Record it again with `keyaudit collect --out FILE`.';
  throw new ProblemsError(
    `${file} is not a recorded inventory`,
    problemsOf(text, file, parsed.error.issues),
    hint,
  );
}

const undefinedAsNull = (_name: string, value: unknown): unknown => (value === undefined ? null : value);

function parse(text: string): unknown {
  try {
    const data = JSON.parse(text) as unknown;
    return hasMisleadingName(data) ? undefined : data;
  } catch {
    return undefined;
  }
}

type Issues = Parameters<typeof zodProblems>[1];

/**
 * JSON is YAML, and the YAML reader knows where everything stands. It is slow (a second per 1.4 MB), so it is asked only now,
 * and not about a large file, whose problems then name their place by path alone.
 */
function problemsOf(text: string, file: string, issues: Issues): readonly Problem[] {
  const yaml = parseYaml(file, text.length <= MAX_LOCATED ? text : '');
  const problems =
    yaml.problems.length > 0 ? yaml.problems : zodProblems({ yaml, schema: inventorySchema }, issues);
  return problems.slice(0, MAX_PROBLEMS);
}
