import {
  isAlias,
  isCollection,
  isMap,
  isNode,
  isPair,
  LineCounter,
  type Document,
  parseDocument,
  visit,
  type YAMLMap,
} from 'yaml';
import type { Problem } from '../core/errors/problem.js';
import { hasMisleadingName } from '../core/misleading-names.js';
import { MAX_NESTING, nestsTooDeep } from './nesting.js';
import { repeatedNames } from './repeated-names.js';

/** A YAML text with the positions of its nodes, so that every mistake can be named by line and column. */
export interface YamlFile {
  readonly file: string;
  readonly document: Document;
  readonly lines: LineCounter;
  /** Faults of the YAML itself. */
  readonly problems: readonly Problem[];
}

/** More aliases than any honest configuration needs; stops alias bombs. */
const MAX_ALIASES = 100;

/** Reads the text; never throws. */
export function parseYaml(file: string, text: string): YamlFile {
  if (nestsTooDeep(text))
    return withNothing(file, `expected at most ${MAX_NESTING} levels of nesting, found more`);
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    // Looked for below: the reader compares each name with all others, which takes seconds in a large map.
    uniqueKeys: false,
    strict: true,
    // Its warnings would go past us to standard error, and quote the text.
    logLevel: 'error',
  });
  if (hasWrittenOutNames(document))
    return withNothing(file, 'expected names of settings, found a list, a map or an alias as a name');
  const problem = (offset: number, message: string): Problem => {
    const at = lines.linePos(offset);
    return { file, line: at.line, column: at.col, message };
  };
  const faults = [...document.errors, ...document.warnings].map(({ pos, message }) =>
    problem(pos[0], withoutQuotes(message)),
  );
  const repeated = repeatedNames(document).map((offset) => problem(offset, 'Map keys must be unique'));
  return { file, document, lines, problems: [...faults, ...repeated] };
}

/** As a name, a collection is written out as text, aliases and all: a few lines become gigabytes. */
function hasWrittenOutNames(document: Document): boolean {
  let isFound = false;
  visit(document, {
    Pair(_, { key }) {
      isFound ||= isCollection(key) || isAlias(key);
      return isFound ? visit.BREAK : undefined;
    },
  });
  return isFound;
}

/** Nothing of a document that cannot be looked into safely. */
function withNothing(file: string, message: string): YamlFile {
  return { ...parseYaml(file, ''), problems: [{ file, line: 1, column: 1, message }] };
}

/** The plain data of the document, or a problem when its aliases multiply. */
export function dataOf(yaml: YamlFile): { readonly data: unknown; readonly problems: readonly Problem[] } {
  const refused = (message: string) => ({
    data: undefined,
    problems: [{ file: yaml.file, line: 1, column: 1, message }],
  });
  try {
    const data: unknown = yaml.document.toJS({ maxAliasCount: MAX_ALIASES });
    if (!hasMisleadingName(data)) return { data, problems: [] };
    return refused('expected no setting named toString or valueOf, found one');
  } catch {
    return refused(`expected at most ${MAX_ALIASES} aliases, found more`);
  }
}

type Path = readonly PropertyKey[];

/** Where a value stands; for a missing one, where the nearest thing around it stands. */
export function positionOf(yaml: YamlFile, path: Path): { readonly line: number; readonly column: number } {
  for (let length = path.length; length >= 0; length -= 1) {
    const offset = offsetOf(yaml, path.slice(0, length));
    if (offset !== undefined) return lineColumn(yaml, offset);
  }
  return { line: 1, column: 1 };
}

/** Where a key of a map stands (not its value). */
export function positionOfKey(yaml: YamlFile, path: Path, key: string): { line: number; column: number } {
  const map = nodeAt(yaml, path);
  if (isMap(map)) {
    const pair = (map as YAMLMap).items.find((item) => isNode(item.key) && String(item.key) === key);
    if (pair !== undefined && isNode(pair.key) && pair.key.range) return lineColumn(yaml, pair.key.range[0]);
  }
  return positionOf(yaml, path);
}

function lineColumn(yaml: YamlFile, offset: number): { line: number; column: number } {
  const at = yaml.lines.linePos(offset);
  return { line: at.line, column: at.col };
}

function nodeAt(yaml: YamlFile, path: Path): unknown {
  const node = path.length === 0 ? yaml.document.contents : yaml.document.getIn(path, true);
  return isAlias(node) ? node.resolve(yaml.document) : node;
}

function offsetOf(yaml: YamlFile, path: Path): number | undefined {
  const node = nodeAt(yaml, path);
  if (isPair(node) || !isNode(node)) return undefined;
  return node.range?.[0];
}

/** The parser quotes the source in some of its messages; a quoted piece might be a secret. */
function withoutQuotes(message: string): string {
  return message
    .replaceAll(/"[^"]*"|'[^']*'|`[^`]*`/g, '…')
    .split('\n', 1)
    .join('');
}
