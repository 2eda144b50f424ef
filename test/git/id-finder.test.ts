import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { idFinder } from '../../src/git/id-finder.js';

const idOf = (text: string): string => createHash('sha1').update(text).digest('hex');
const listOf = (ids: readonly string[]): Buffer => Buffer.from([...ids].sort().join(''), 'hex');
const held = Array.from({ length: 3000 }, (_, i) => idOf(`held ${i}`));
const has = idFinder([listOf(held.slice(0, 2000)), Buffer.alloc(0), listOf(held.slice(2000))]);

describe('an id finder', () => {
  it('finds each id that is in one of its lists', () => {
    expect(held.filter((id) => !has(id))).toEqual([]);
  });

  it('finds no other, not even one that differs in its last digit', () => {
    const near = held.map((id) => `${id.slice(0, -1)}${id.endsWith('0') ? '1' : '0'}`);
    expect(near.filter((id) => !held.includes(id)).filter(has)).toEqual([]);
    expect(['0'.repeat(40), 'f'.repeat(40), held[0]?.slice(1) ?? '', `${held[0]}00`].filter(has)).toEqual([]);
  });

  it('finds the lowest and the highest id there can be', () => {
    const ends = ['0'.repeat(40), 'f'.repeat(40)];
    expect(ends.filter(idFinder([listOf([...ends, ...held])]))).toEqual(ends);
  });

  it('finds nothing in no list', () => {
    expect(idFinder([])(idOf('any'))).toBe(false);
  });
});
