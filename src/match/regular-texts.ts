import type { Secret } from '../core/secret.js';
import { escapedTexts, HAS_SIGNS, IS_ESCAPED, IS_IRREGULAR, writeRegular } from './encodings.js';
import { type KeyText, type KeyTexts, KeyTextsBuilder } from './key-texts.js';

/** Values of a kind share an index, so that a short one does not make it look more closely for all. */
const LONG = 32;
const SHORT_KIND = 0;
const LONG_KIND = 1;
const RUN_KIND = 2;
const KINDS = [SHORT_KIND, LONG_KIND, RUN_KIND];

export interface RegularTexts {
  readonly groups: readonly RegularGroup[];
  /** Of all texts, in bytes; 0 without any. */
  readonly longest: number;
  /** Numbers of the values of which no group has a text. */
  readonly others: readonly number[];
}

export interface RegularGroup {
  readonly texts: KeyTexts;
  /** Whether all are of letters and digits, and long. */
  readonly isRun: boolean;
}

/** The texts by which many values are found, sorted into groups that are looked for together. */
export function regularTexts(values: readonly Secret[]): RegularTexts {
  const sorted = sortTexts(values);
  const { escapes, others } = sorted;
  const groups = KINDS.map((kind) => ({ texts: textsOf(kind, sorted), isRun: kind === RUN_KIND }));
  return {
    groups: groups.filter(({ texts }) => texts.owners.length > 0),
    longest: escapes.reduce((most, { bytes }) => Math.max(most, bytes.length), sorted.longest),
    others,
  };
}

interface Sorted {
  /** All values, one after another, and where each begins. */
  readonly all: Uint8Array;
  readonly starts: Uint32Array;
  readonly kinds: Uint8Array;
  /** For each kind, how many texts there are, and of how many bytes together. */
  readonly sizes: readonly { count: number; bytes: number }[];
  readonly escapes: readonly KeyText[];
  readonly others: readonly number[];
  /** Of the values alone. */
  readonly longest: number;
}

/** Looks at each value once. */
function sortTexts(values: readonly Secret[]): Sorted {
  const starts = startsOf(values);
  const all = new Uint8Array(starts[values.length] ?? 0);
  const kinds = new Uint8Array(values.length).fill(KINDS.length);
  const sizes = KINDS.map(() => ({ count: 0, bytes: 0 }));
  const others: number[] = [];
  const escapes: KeyText[] = [];
  let longest = 0;
  for (const [owner, value] of values.entries()) {
    const at = starts[owner] ?? 0;
    const bits = writeRegular(value, all, at);
    const length = (starts[owner + 1] ?? 0) - at;
    const kind = kindOf(length, bits);
    const size = sizes[kind];
    if (size === undefined) {
      others.push(owner);
      continue;
    }
    kinds[owner] = kind;
    size.count += 1;
    size.bytes += length;
    if (length > longest) longest = length;
    if ((bits & IS_ESCAPED) !== 0) for (const bytes of escapedTexts(value)) escapes.push({ owner, bytes });
  }
  return { all, starts, kinds, sizes, escapes, others, longest };
}

function startsOf(values: readonly Secret[]): Uint32Array {
  const starts = new Uint32Array(values.length + 1);
  let at = 0;
  for (const [i, { length }] of values.entries()) {
    at += length;
    starts[i + 1] = at;
  }
  return starts;
}

function kindOf(length: number, bits: number): number {
  if ((bits & IS_IRREGULAR) !== 0) return KINDS.length;
  if (length < LONG) return SHORT_KIND;
  return (bits & HAS_SIGNS) === 0 ? RUN_KIND : LONG_KIND;
}

function textsOf(kind: number, { all, starts, kinds, sizes, escapes }: Sorted): KeyTexts {
  // What is escaped is written with signs.
  const own = escapes.filter(({ bytes }) => kindOf(bytes.length, HAS_SIGNS) === kind);
  const { count = 0, bytes = 0 } = sizes[kind] ?? {};
  const escaped = own.reduce((sum, text) => sum + text.bytes.length, 0);
  const builder = new KeyTextsBuilder({ count: count + own.length, bytes: bytes + escaped });
  for (let owner = 0; count > 0 && owner < kinds.length; owner += 1) {
    if (kinds[owner] === kind) builder.add(owner, all, starts[owner], starts[owner + 1]);
  }
  for (const text of own) builder.add(text.owner, text.bytes);
  return builder.built();
}
