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

/** Writes an inventory down, to be judged again later: JSON, without any key value, the same bytes for the same inventory. */
export function writeInventory(inventory: Inventory): string {
  // Through the schema: it fixes the order of the fields, and lets nothing through that it does not know.
  const ordered = inventorySchema.parse(JSON.parse(JSON.stringify(inventory, undefinedAsNull)));
  return `${escapedJson(JSON.stringify(ordered, undefinedAsNull, 2))}\n`;
}

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
