import { describe, expect, it } from 'vitest';
import { keywordTables } from '../../../src/git/pack/keyword-tables.js';

const keyword = (text: string, run = 0) => ({
  text: Buffer.from(text),
  run,
  isEncoded: false,
});

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

  it('keeps a keyword beside the same text that is found as it is written', () => {
    const encoded = { ...keyword('b3Jna2V5L'), isEncoded: true };
    expect(keywordTables([keyword('b3jna2v5l'), encoded]).entries).toHaveLength(2);
  });

  /** The groups that let four bytes through. */
  const groupsAt = (halves: Uint8Array, text: string): number =>
    [...Buffer.from(text)].reduce(
      (groups, byte, i) =>
        groups & (halves[i * 32 + (byte & 15)] ?? 0) & (halves[i * 32 + 16 + (byte >>> 4)] ?? 0),
      255,
    );

  it.each([
    ['c3d_', 'c3d_', true],
    ['c3d_', 'C3D_', true],
    ['c3d_', 'c3d-', false],
    ['c3d_', 'd3d_', false],
    ['key', 'key ', true],
    ['key', 'KeYs', true],
    ['key', 'kez ', false],
  ])('lets through what may be %s: %s, %s', (text, window, isThrough) => {
    expect(groupsAt(keywordTables([keyword(text)]).halves, window) !== 0).toBe(isThrough);
  });

  it('lets through what is found as it is written in that case only', () => {
    const { halves } = keywordTables([{ ...keyword('aGVs'), isEncoded: true }]);
    expect(groupsAt(halves, 'aGVs')).not.toBe(0);
    expect(groupsAt(halves, 'agvs')).toBe(0);
  });

  it('files each keyword under one of the groups that let its four bytes through', () => {
    const texts = ['orgkey-', 'apikey:data', 'vidbeo', 'basic ', 'c3d_', 'api.video', 'uploadtoken', 'key'];
    const more = Array.from({ length: 40 }, (_, i) => `${(i * i * 7919).toString(36)}zq${i}`);
    const { halves, entries, starts } = keywordTables([...texts, ...more].map((text) => keyword(text)));
    expect([...starts].at(-1)).toBe(entries.length);
    for (const [
      index,
      {
        at,
        keyword: { text },
      },
    ] of entries.entries()) {
      const group = [...starts].findLastIndex((start) => start <= index);
      const window = Buffer.concat([text, Buffer.alloc(4, ' ')]).toString('latin1', at, at + 4);
      expect(groupsAt(halves, window) & (1 << group)).not.toBe(0);
    }
  });
});
