import { byteFolding } from './gram-hash.js';
import type { ReportMatch } from './gram-index.js';

/** A node of the tree of all keywords, and then the state in which its text was read last. */
interface Node {
  readonly children: Map<number, Node>;
  /** Keywords that end here, shorter ones too. */
  ends: readonly number[];
  /** Of the longest other node whose text ends this one's. */
  fallback: Node | undefined;
  number: number;
}

/**
 * Finds keywords that are too short for `LiteralSet` to be quick: one look at every byte, however many there are and however often
 * their beginnings stand there (Aho and Corasick, 1975). ASCII letters match in either case.
 */
export class KeywordAutomaton {
  readonly #lengths: readonly number[];
  readonly #classOf: Uint8Array;
  /** The next state for each state and class of bytes, as where its row begins. */
  readonly #table: Int32Array;
  /** States from here on are those in which keywords end. */
  readonly #firstEnd: number;
  readonly #width: number;
  readonly #ends: readonly (readonly number[])[];

  /** @param keywords none may be empty. */
  constructor(keywords: readonly Uint8Array[]) {
    const folding = byteFolding(true);
    this.#lengths = keywords.map(({ length }) => length);
    const letters = [...new Set(keywords.flatMap((text) => [...text].map((byte) => folding[byte] ?? byte)))];
    this.#classOf = Uint8Array.from({ length: 256 }, (_, byte) => letters.indexOf(folding[byte] ?? byte) + 1);
    this.#width = letters.length + 1;
    const nodes = treeOf(keywords.map((text) => [...text].map((byte) => this.#classOf[byte] ?? 0)));
    nodes.sort((a, b) => Number(a.ends.length > 0) - Number(b.ends.length > 0));
    for (const [number, node] of nodes.entries()) node.number = number;
    this.#firstEnd = nodes.findIndex(({ ends }) => ends.length > 0) * this.#width;
    this.#ends = nodes.map(({ ends }) => ends);
    this.#table = new Int32Array(nodes.length * this.#width);
    for (const node of nodes) {
      for (let byte = 1; byte < this.#width; byte += 1) {
        this.#table[node.number * this.#width + byte] = nextOf(node, byte) * this.#width;
      }
    }
  }

  /** Reports each keyword's index and offset in `bytes`, once per occurrence, overlaps too. */
  findAll(bytes: Uint8Array, report: ReportMatch): void {
    const [classOf, table, firstEnd] = [this.#classOf, this.#table, this.#firstEnd];
    if (firstEnd < 0) return;
    let state = 0;
    for (let at = 0; at < bytes.length; at += 1) {
      state = table[state + (classOf[bytes[at] ?? 0] ?? 0)] ?? 0;
      if (state < firstEnd) continue;
      for (const keyword of this.#ends[state / this.#width] ?? []) {
        report(keyword, at + 1 - (this.#lengths[keyword] ?? 0));
      }
    }
  }
}

/** The root comes first, and each node behind its fallback. */
function treeOf(texts: readonly (readonly number[])[]): Node[] {
  const make = (): Node => ({ children: new Map(), ends: [], fallback: undefined, number: 0 });
  const root = make();
  for (const [keyword, text] of texts.entries()) {
    let node = root;
    for (const byte of text) {
      const next = node.children.get(byte) ?? make();
      node.children.set(byte, next);
      node = next;
    }
    node.ends = [...node.ends, keyword];
  }
  const nodes = [root];
  for (const node of nodes) {
    for (const [byte, child] of node.children) {
      child.fallback = node === root ? root : followed(node.fallback, byte);
      child.ends = [...child.ends, ...(child.fallback?.ends ?? [])];
      nodes.push(child);
    }
  }
  return nodes;
}

/** Where a byte leads from a node, or from the longest of its fallbacks that has it. */
function followed(from: Node | undefined, byte: number): Node | undefined {
  let node = from;
  while (node !== undefined) {
    const child = node.children.get(byte);
    if (child !== undefined) return child;
    if (node.fallback === undefined) return node;
    node = node.fallback;
  }
  return undefined;
}

const nextOf = (node: Node, byte: number): number => followed(node, byte)?.number ?? 0;
