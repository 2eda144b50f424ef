import { byteFolding } from './gram-hash.js';
import { GramIndex, type GramTables, type PatternStore, type ReportMatch } from './gram-index.js';

/** Patterns of a class share a stride, which its shortest one limits. Lower bounds, in bytes. */
const CLASS_BOUNDS = [64, 32, 16, 6, 4, 1];

/**
 * Finds any of many byte strings at once, exactly. The cost per byte hardly depends on how many there are:
 * a filter looks at every n-th position, and only what passes it is compared.
 */
export class LiteralSet {
  /** Length of the longest pattern in bytes; 0 without patterns. */
  readonly longest: number;
  readonly #indexes: readonly GramIndex[];

  /**
   * @param patterns none may be empty; equal ones are all reported.
   * @param options `foldCase`: ASCII letters match in either case.
   */
  constructor(patterns: readonly Uint8Array[], options: { readonly foldCase?: boolean } = {}) {
    if (patterns.some((pattern) => pattern.length === 0)) throw new TypeError('a pattern cannot be empty');
    this.longest = patterns.reduce((longest, pattern) => Math.max(longest, pattern.length), 0);
    const store = storePatterns(patterns, options.foldCase === true);
    this.#indexes = indexesOf(patterns, store);
  }

  /** Reports each pattern's index and offset in `bytes`, once per occurrence, overlaps too, in no useful order. */
  findAll(bytes: Uint8Array, report: ReportMatch): void {
    for (const index of this.#indexes) index.findAll(bytes, report);
  }

  tables(): readonly GramTables[] {
    return this.#indexes.map((index) => index.tables());
  }

  /** Whether any of the patterns stands in `bytes`. */
  someIn(bytes: Uint8Array): boolean {
    let found = false;
    this.findAll(bytes, () => {
      found = true;
    });
    return found;
  }
}

function storePatterns(patterns: readonly Uint8Array[], foldCase: boolean): PatternStore {
  const folding = byteFolding(foldCase);
  const starts = new Uint32Array(patterns.length + 1);
  let total = 0;
  for (const [index, pattern] of patterns.entries()) {
    total += pattern.length;
    starts[index + 1] = total;
  }
  const bytes = new Uint8Array(total);
  for (const [index, pattern] of patterns.entries()) {
    bytes.set(
      pattern.map((byte) => folding[byte] ?? byte),
      starts[index] ?? 0,
    );
  }
  return { bytes, starts, foldCase, folding };
}

function indexesOf(patterns: readonly Uint8Array[], store: PatternStore): GramIndex[] {
  const classes = CLASS_BOUNDS.map(() => ({ members: [] as number[], minLength: Number.POSITIVE_INFINITY }));
  for (const [index, pattern] of patterns.entries()) {
    const group = classes[CLASS_BOUNDS.findIndex((bound) => pattern.length >= bound)];
    if (group === undefined) continue;
    group.members.push(index);
    group.minLength = Math.min(group.minLength, pattern.length);
  }
  return classes
    .filter((group) => group.members.length > 0)
    .map((group) => new GramIndex(store, group.members, group.minLength));
}
