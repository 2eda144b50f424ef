import { isAlias, isCollection, isMap, isNode, isPair, isSeq, type YAMLSeq } from 'yaml';
import { compareText } from '../core/compare-text.js';
import type { YamlFile } from '../yaml/yaml-file.js';

/** Lines that take the place of `text.slice(from, to)`, which is empty but for a `[]` or a `null`. */
export interface Insertion {
  readonly from: number;
  readonly to: number;
  /** To be joined by line breaks. */
  readonly lines: readonly string[];
}

interface Ref {
  readonly source: string;
  readonly id: string;
}

export interface NewBlock {
  readonly ref: Ref;
  readonly lines: readonly string[];
}

/** Where the blocks go, each set apart by an empty line. @param blocks in the order of source and id */
export function insertionsInto(
  { document }: YamlFile,
  text: string,
  blocks: readonly NewBlock[],
): readonly Insertion[] {
  const { contents } = document;
  const pair = isMap(contents) ? contents.items.find(({ key }) => String(key) === 'keys') : undefined;
  if (pair === undefined) {
    const lines = ['keys:', ...spaced(blocks, 2), ''];
    return [at(text.length, text.endsWith('\n') ? lines : ['', ...lines])];
  }
  const list = pair.value;
  if (isSeq(list) && list.items.length > 0) return intoList(list, { text, blocks, top: endOf(pair.key) });
  const end = lineEnd(text, Math.max(endOf(pair.key), endOf(list)));
  const empty = isNode(list) && list.range ? [{ from: list.range[0], to: list.range[1], lines: [] }] : [];
  return [...empty, at(end, closed(text, end, ['', ...spaced(blocks, 2)]))];
}

interface ListPlaces {
  readonly text: string;
  readonly blocks: readonly NewBlock[];
  /** Where `keys` ends. */
  readonly top: number;
}

function intoList(list: YAMLSeq, { text, blocks, top }: ListPlaces): readonly Insertion[] {
  const start = list.range?.[0] ?? 0;
  const indent = start - (text.lastIndexOf('\n', start - 1) + 1);
  return [...byPlace(list.items.map(refOf), blocks)].map(([index, own]) => {
    const lines = spaced(own, indent);
    if (index === 0) return at(lineEnd(text, top), ['', ...lines, '']);
    const end = lineEnd(text, endOf(list.items[index - 1]));
    const onEmptyLine = text[end - 1] === '\n';
    return at(end, closed(text, end, onEmptyLine ? ['', ...lines] : ['', '', ...lines]));
  });
}

/** Before which entry each block goes; the number of entries for the end of the list. */
function byPlace(refs: readonly Ref[], blocks: readonly NewBlock[]): ReadonlyMap<number, NewBlock[]> {
  const first = sortedFrom(refs);
  const places = new Map<number, NewBlock[]>();
  for (const block of blocks) {
    const greater = refs.findIndex((ref, index) => index >= first && compareRefs(ref, block.ref) > 0);
    const place = greater === -1 ? refs.length : greater;
    const own = places.get(place);
    if (own === undefined) places.set(place, [block]);
    else own.push(block);
  }
  return places;
}

/** From which entry on the list is in order. What stands before was ordered by somebody, for reasons of their own. */
function sortedFrom(refs: readonly Ref[]): number {
  let first = refs.length - 1;
  for (let index = first - 1; index >= 0; index -= 1) {
    const [one, next] = [refs[index], refs[first]];
    if (one === undefined || next === undefined || compareRefs(one, next) > 0) break;
    first = index;
  }
  return first;
}

const compareRefs = (left: Ref, right: Ref): number =>
  compareText(left.source, right.source) || compareText(left.id, right.id);

function refOf(item: unknown): Ref {
  if (!isMap(item)) return { source: '', id: '' };
  return { source: String(item.get('source')).trim(), id: String(item.get('id')).trim() };
}

const at = (offset: number, lines: readonly string[]): Insertion => ({ from: offset, to: offset, lines });

/** The last line of a file gets its line break. */
const closed = (text: string, end: number, lines: readonly string[]): readonly string[] =>
  end === text.length ? [...lines, ''] : lines;

const spaced = (blocks: readonly NewBlock[], indent: number): readonly string[] =>
  blocks.flatMap(({ lines }, index) => [
    ...(index === 0 ? [] : ['']),
    ...lines.map((line) => ' '.repeat(indent) + line),
  ]);

/** Where what a node says ends: of a block, that of its last part, because comments may follow within the block. */
function endOf(node: unknown): number {
  if (isPair(node)) return Math.max(endOf(node.key), endOf(node.value));
  if (isCollection(node) && node.flow !== true) return Math.max(0, endOf(node.items.at(-1)));
  return isNode(node) || isAlias(node) ? (node.range?.[1] ?? 0) : 0;
}

/** Where the line ends on which something ends; a block of text ends behind its own last line break. */
function lineEnd(text: string, offset: number): number {
  const found = text[offset - 1] === '\n' ? offset - 1 : text.indexOf('\n', offset);
  if (found === -1) return text.length;
  return text[found - 1] === '\r' ? found - 1 : found;
}
