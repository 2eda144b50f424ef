import { type AddressRange, covers, parseRange } from './address-range.js';
import { unionOf } from './union.js';

interface Entry {
  readonly text: string;
  readonly range: AddressRange;
}

/** What a list of addresses and ranges amounts to. Texts are the entries as written, in their order. */
export interface Allowlist {
  /** All entries as written. */
  readonly texts: readonly string[];
  readonly entries: readonly Entry[];
  readonly unreadable: readonly string[];
  readonly hostBits: readonly string[];
  /** Entries whose range another entry before them already has. */
  readonly duplicates: readonly string[];
  /** Entries that lie inside a wider one. */
  readonly covered: readonly string[];
  /** The readable entries together hold every IPv4 or every IPv6 address. */
  readonly coversAll: boolean;
}

export function readAllowlist(texts: readonly string[]): Allowlist {
  const entries: Entry[] = [];
  const unreadable: string[] = [];
  for (const text of texts) {
    const range = parseRange(text);
    if (range === undefined) unreadable.push(text);
    else entries.push({ text, range });
  }
  return {
    texts,
    entries,
    unreadable,
    hostBits: entries.filter(({ range }) => range.hostBits).map(({ text }) => text),
    ...redundant(entries),
    coversAll: unionOf(entries.map(({ range }) => range)).coversAll,
  };
}

/** The shortest prefix among the entries of a family; that of a single address when there is none. */
export function widestPrefix({ entries }: Allowlist, family: 4 | 6): number {
  let widest = family === 4 ? 32 : 128;
  for (const { range } of entries) {
    if (range.family === family && range.prefix < widest) widest = range.prefix;
  }
  return widest;
}

// Sorted by first address and then widest first, an entry is redundant when the widest end seen so far reaches its own.
// CIDR ranges nest or are apart, so that one such end is enough: n log n instead of comparing all pairs.
function redundant(entries: readonly Entry[]): Pick<Allowlist, 'duplicates' | 'covered'> {
  const order = entries.map((entry, index) => ({ ...entry, index })).sort(byStart);
  const duplicates = new Set<number>();
  const covered = new Set<number>();
  let widest: AddressRange | undefined;
  for (const { range, index } of order) {
    if (widest === undefined || !covers(widest, range)) widest = range;
    else if (!isSame(widest, range)) covered.add(index);
    else duplicates.add(index);
  }
  const textsOf = (chosen: ReadonlySet<number>) =>
    entries.filter((_, index) => chosen.has(index)).map(({ text }) => text);
  return { duplicates: textsOf(duplicates), covered: textsOf(covered) };
}

function byStart(a: Entry & { index: number }, b: Entry & { index: number }): number {
  if (a.range.family !== b.range.family) return a.range.family - b.range.family;
  if (a.range.first !== b.range.first) return a.range.first < b.range.first ? -1 : 1;
  return a.range.prefix - b.range.prefix || a.index - b.index;
}

const isSame = (a: AddressRange, b: AddressRange): boolean =>
  a.family === b.family && a.first === b.first && a.last === b.last;
