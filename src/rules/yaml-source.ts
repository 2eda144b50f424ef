import { isMap, isScalar, LineCounter, type Node, parseDocument, Scalar } from 'yaml';
import type { Problem } from '../core/errors/problem.js';

type Path = readonly (string | number)[];

/** A YAML file that remembers where everything stands. */
export interface YamlSource {
  readonly file: string;
  /** Plain data; undefined when the text is no YAML. */
  readonly value: unknown;
  readonly syntaxProblems: readonly Problem[];
  /** A problem at a value, or at the nearest thing around it that exists. */
  problem(path: Path, message: string): Problem;
  /** A problem at the name of a field. */
  problemAtName(path: Path, message: string): Problem;
  /** A problem inside a text, `offset` characters from its start. */
  problemInside(path: Path, offset: number, message: string): Problem;
}

/** Reads a YAML text. Anchors and aliases are refused: a rule has no use for them. */
export function readYaml(file: string, text: string): YamlSource {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, strict: true, uniqueKeys: true });
  const problemAt = (offset: number, message: string): Problem => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1), message };
  };
  const nodeAt = (path: Path): Node | undefined => {
    for (let length = path.length; length >= 0; length -= 1) {
      const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
      if (isNode(node)) return node;
    }
    return undefined;
  };
  const errors = document.errors.map((error) => problemAt(error.pos[0], firstLine(error.message)));
  const read = errors.length === 0 ? plainValue(() => document.toJS({ maxAliasCount: 0 })) : {};
  return {
    file,
    value: read.value,
    syntaxProblems: read.failure === undefined ? errors : [problemAt(0, read.failure)],
    problem: (path, message) => problemAt(nodeAt(path)?.range?.[0] ?? 0, message),
    problemAtName: (path, message) => problemAt(nameOffset(nodeAt(path.slice(0, -1)), path.at(-1)), message),
    problemInside: (path, offset, message) => problemAt(offsetInside(nodeAt(path), offset, text), message),
  };
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'range' in value;

const firstLine = (message: string): string => message.split(' at line ')[0] ?? message;

function plainValue(read: () => unknown): { readonly value?: unknown; readonly failure?: string } {
  try {
    return { value: read() };
  } catch {
    return { failure: 'anchors and aliases are not accepted here' };
  }
}

function nameOffset(node: Node | undefined, name: string | number | undefined): number {
  if (isMap(node)) {
    for (const { key } of node.items) {
      if (isScalar(key) && key.value === name) return key.range?.[0] ?? 0;
    }
  }
  return node?.range?.[0] ?? 0;
}

// Exact for one-line texts and for literal blocks (`|`); the start of the text for forms that YAML folds.
function offsetInside(node: Node | undefined, offset: number, text: string): number {
  const start = node?.range?.[0] ?? 0;
  if (!isScalar(node) || typeof node.value !== 'string') return start;
  if (node.type === Scalar.BLOCK_LITERAL) return offsetInBlock(start, node.value, offset, text);
  const lead = node.type === Scalar.PLAIN ? 0 : 1;
  const exact = text.startsWith(node.value, start + lead);
  return exact ? start + lead + offset : start;
}

function offsetInBlock(start: number, value: string, offset: number, text: string): number {
  const before = value.slice(0, offset).split('\n');
  let lineStart = text.indexOf('\n', start) + 1;
  for (let skipped = 1; skipped < before.length; skipped += 1) lineStart = text.indexOf('\n', lineStart) + 1;
  let indent = 0;
  while (text[lineStart + indent] === ' ') indent += 1;
  return lineStart + indent + (before.at(-1)?.length ?? 0);
}
