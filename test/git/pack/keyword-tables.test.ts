import { describe, expect, it } from 'vitest';
import { keywordTables } from '../../../src/git/pack/keyword-tables.js';

const keyword = (text: string, run = 0) => ({ text: Buffer.from(text), run });

describe('keywordTables', () => {
  it('leaves out a keyword in which another one stands, and equal ones but the first', () => {
    const kept = keywordTables(
      ['vidbeo.com', 'vidbeo', 'vidbeo', 'orgkey-'].map((text) => keyword(text)),
    ).entries;
    expect(kept.map((entry) => Buffer.from(entry.keyword.text).toString())).toEqual(['vidbeo', 'orgkey-']);
  });

  it('keeps a keyword in which one stands that needs more behind it', () => {
    expect(keywordTables([keyword('basic ', 57), keyword('http basic ')]).entries).toHaveLength(2);
  });

  it('marks both cases of letters in the tables of both halves', () => {
    const { halves, entries } = keywordTables([keyword('c3d_')]);
    const group = entries[0]?.group ?? 0;
    for (const [i, character] of ['c', 'C', '3', 'd', 'D', '_'].entries()) {
      const place = [0, 0, 1, 2, 2, 3][i] ?? 0;
      const byte = character.charCodeAt(0);
      expect(halves[place * 32 + (byte & 15)]).toBe(group);
      expect(halves[place * 32 + 16 + (byte >>> 4)]).toBe(group);
    }
  });
});
