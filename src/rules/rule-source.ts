import { isScalar, Scalar } from 'yaml';
import type { Problem } from '../core/errors/problem.js';
import { parseYaml, positionOf, positionOfKey, type YamlFile } from '../yaml/yaml-file.js';

type Path = readonly (string | number)[];

/** A rule file that remembers where everything stands. */
export interface RuleSource {
  readonly file: string;
  readonly yaml: YamlFile;
  /** A problem at a value, or at the nearest thing around it that exists. */
  problem(path: Path, message: string): Problem;
  /** A problem at the name of a field. */
  problemAtName(path: Path, message: string): Problem;
  /** A problem inside a text, `offset` characters from its start. */
  problemInside(path: Path, offset: number, message: string): Problem;
}

/** Reads the text; never throws. Mistakes of the YAML itself are in `yaml.problems`. */
export function ruleSource(file: string, text: string): RuleSource {
  const yaml = parseYaml(file, text);
  return {
    file,
    yaml,
    problem: (path, message) => ({ file, ...positionOf(yaml, path), message }),
    problemAtName: (path, message) => ({
      file,
      ...positionOfKey(yaml, path.slice(0, -1), String(path.at(-1))),
      message,
    }),
    problemInside: (path, offset, message) => {
      const at = yaml.lines.linePos(offsetInside(yaml.document.getIn(path, true), offset, text));
      return { file, line: at.line, column: at.col, message };
    },
  };
}

// Exact for one-line texts and for literal blocks (`|`); the start of the text for forms that YAML folds.
function offsetInside(node: unknown, offset: number, text: string): number {
  if (!isScalar(node)) return 0;
  const start = node.range?.[0] ?? 0;
  if (typeof node.value !== 'string') return start;
  if (node.type === Scalar.BLOCK_LITERAL) return offsetInBlock(start, node.value.slice(0, offset), text);
  const written = start + (node.type === Scalar.PLAIN ? 0 : 1);
  return text.startsWith(node.value, written) ? written + offset : start;
}

// YAML drops the header line and the indentation of a block; both are put back here.
function offsetInBlock(start: number, before: string, text: string): number {
  const lines = before.split('\n');
  let lineStart = text.indexOf('\n', start) + 1;
  const indent = text.slice(lineStart).search(/[^ ]/);
  for (let skipped = 1; skipped < lines.length; skipped += 1) lineStart = text.indexOf('\n', lineStart) + 1;
  return lineStart + indent + (lines.at(-1)?.length ?? 0);
}
