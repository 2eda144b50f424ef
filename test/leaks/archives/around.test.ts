import { describe, expect, it } from 'vitest';
import { around } from '../../../src/leaks/archives/around.js';

const archive = Buffer.from('0123456789');
const rest = (...ranges: readonly (readonly [from: number, to: number])[]): string =>
  Buffer.concat(
    around(
      archive,
      ranges.map(([from, to]) => archive.subarray(from, to)),
    ),
  ).toString();

describe('what stands around the entries of an archive', () => {
  it.each([
    [
      'nothing but entries',
      [
        [0, 4],
        [4, 10],
      ],
      '',
    ],
    ['one in the middle', [[3, 5]], '012 56789'],
    [
      'entries at both ends',
      [
        [0, 2],
        [8, 10],
      ],
      '234567',
    ],
    [
      'entries in another order than they stand in',
      [
        [6, 8],
        [1, 3],
      ],
      '0 345 89',
    ],
    [
      'entries that overlap',
      [
        [2, 6],
        [4, 8],
      ],
      '01 89',
    ],
    [
      'an entry inside of another',
      [
        [2, 8],
        [4, 5],
      ],
      '01 89',
    ],
    [
      'the same entry twice',
      [
        [2, 4],
        [2, 4],
      ],
      '01 456789',
    ],
  ] as const)('%s', (_, ranges, expected) => {
    expect(rest(...ranges)).toBe(expected.replaceAll(' ', ''));
  });

  it('is the archive itself, not a copy, where nothing was stored', () => {
    expect(around(archive, [])[0]).toBe(archive);
    expect(around(archive, [archive.subarray(3, 3)])[0]).toBe(archive);
  });

  it('takes nothing out for an entry that was unpacked, even where it holds the same bytes', () => {
    expect(around(archive, [Buffer.from('345')])[0]).toBe(archive);
    expect(around(archive, [Uint8Array.from([48, 49])])[0]).toBe(archive);
  });

  it('counts from where the archive begins in its memory', () => {
    const memory = new Uint8Array(30).fill(65);
    const inside = Buffer.from(memory.buffer, 10, 10);
    inside.set(archive);
    const rest = around(inside, [new Uint8Array(memory.buffer, 13, 2)]);
    expect(Buffer.concat(rest).toString()).toBe('01256789');
  });

  it('takes nothing out for what reaches beyond it', () => {
    const memory = Buffer.from('abcdefghij');
    const part = Buffer.from(memory.buffer, memory.byteOffset + 2, 4);
    for (const [from, to] of [
      [0, 4],
      [4, 8],
      [0, 10],
      [7, 9],
    ] as const)
      expect(around(part, [memory.subarray(from, to)])[0]).toBe(part);
  });
});
