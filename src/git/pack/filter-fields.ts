import { type KeywordEntry, keywordTables } from './keyword-tables.js';
import { type FilterTables, type KeyTables, MAX_WORD_LENGTH, type PackFilter } from './pack-filter.js';
import type { Field } from './placed-records.js';

/** A filter as the pack reader's `Plan` names it (walker/plan.ts): its words, then its arrays, then its lists. */
export interface FilterFields {
  readonly numbers: readonly number[];
  readonly arrays: readonly Field[];
  readonly records: readonly (readonly (readonly Field[])[])[];
}

export function filterFields({ tables, keys, keywords, wordLengths }: PackFilter): FilterFields {
  const { halves, entries, starts } = keywordTables(keywords);
  const words = new Uint8Array(MAX_WORD_LENGTH + 1);
  for (const length of wordLengths) words[length] = 1;
  const runs = keys.map(({ isRun, minLength }) => (isRun ? minLength : leastBase64(minLength)));
  const shortest = Math.min(...keys.map(({ minLength }) => minLength));
  return {
    numbers: [
      wordLengths.length,
      keys.length === 0 ? 0 : Math.min(...runs),
      keys.length === 0 ? 0 : shortest,
    ],
    arrays: [words, halves, starts],
    records: [tables.map(gramFields), keys.map(keyFields), entries.map(keywordFields)],
  };
}

/** Of so many bytes in base64, these many characters at the least depend on nothing else. */
const leastBase64 = (bytes: number): number => Math.floor((bytes * 8) / 6) - 1;

/** In the order of `GramTables` in walker/plan.ts. */
const gramFields = (table: FilterTables): Field[] => [
  table.gramLength,
  table.stride,
  table.filter,
  table.filterShift,
  table.buckets,
  table.bucketShift,
  table.entries,
  table.members,
  table.starts,
  table.bytes,
];

/** In the order of `KeyTables` in walker/plan.ts. */
const keyFields = (table: KeyTables): Field[] => [
  table.minLength,
  table.stride,
  table.filter,
  table.filterShift,
  table.buckets,
  table.bucketShift,
  table.entries,
  table.starts,
  table.bytes,
  Number(table.isRun),
];

/** In the order of `Keyword` in walker/keywords.ts. */
const keywordFields = ({ at, keyword: { text, run, isEncoded }, window, folded }: KeywordEntry): Field[] => [
  window,
  folded,
  at,
  text,
  text.length,
  run,
  Number(isEncoded),
];
