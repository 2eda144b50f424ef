import { visible } from './visible.js';

/** A first sign that makes spreadsheets run a cell as a formula; the wide forms count too (OWASP, CSV injection). */
const FORMULA = /^\s*[=+\-@＝＋－＠]/u;

/** One cell, always quoted. What would run as a formula gets an apostrophe in front. */
export function csvCell(text: string): string {
  const shown = visible(text);
  return `"${(FORMULA.test(shown) ? `'${shown}` : shown).replaceAll('"', '""')}"`;
}
