import { parse } from 'csv-parse/sync';

/** Reads CSV as RFC 4180 has it, with somebody else's parser; throws where it is not. */
export const parseCsv = (text: string): string[][] =>
  parse(text, { record_delimiter: '\r\n', relax_quotes: false, relax_column_count: false });

/** The rows below the head, by the names of their columns. */
export function csvRecords(text: string): readonly Readonly<Record<string, string>>[] {
  const [head = [], ...rows] = parseCsv(text);
  return rows.map((row) => Object.fromEntries(head.map((name, index) => [name, row[index] ?? ''])));
}
