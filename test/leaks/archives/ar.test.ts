import { describe, expect, it } from 'vitest';
import { isAr, unpackAr } from '../../../src/leaks/archives/ar.js';
import { arEntry, arOf } from '../../support/archives.js';

const unpacked = (bytes: Buffer) =>
  [...unpackAr(bytes)].map(({ name, bytes: content, gap }) => [
    name,
    content && Buffer.from(content).toString(),
    ...(gap === undefined ? [] : [gap]),
  ]);

const MAGIC = Buffer.from('!<arch>\n');

describe('ar', () => {
  it('gives all entries, of odd sizes too', () => {
    expect(unpacked(arOf({ a: 'odd', b: 'even', c: '' }))).toEqual([
      ['a', 'odd'],
      ['b', 'even'],
      ['c', ''],
    ]);
  });

  it('gives long names as GNU writes them', () => {
    const long = 'a-name-of-more-than-sixteen-characters.o';
    expect(unpacked(arOf({ short: '1', [long]: '2' }))).toEqual([
      ['', `${long}/\n`],
      ['short', '1'],
      [long, '2'],
    ]);
  });

  it('gives long names as BSD writes them', () => {
    const entry = arEntry('#1/12', Buffer.from('long-name\0\0\0content'));
    expect(unpacked(Buffer.concat([MAGIC, entry]))).toEqual([['long-name', 'content']]);
  });

  it('reads a name of nothing but filling in no time', () => {
    const entry = arEntry('#1/99999', Buffer.concat([Buffer.alloc(99_998), Buffer.from('x')]));
    const start = performance.now();
    expect(unpacked(Buffer.concat([MAGIC, entry]))).toEqual([['', '']]);
    expect(performance.now() - start).toBeLessThan(500);
  });

  it('gives the table of symbols, which is content too', () => {
    expect(unpacked(Buffer.concat([MAGIC, arEntry('/', Buffer.from('symbols'))]))).toEqual([['', 'symbols']]);
  });

  it.each([
    ['nothing behind the mark', MAGIC, []],
    ['no header behind the mark', Buffer.concat([MAGIC, Buffer.alloc(80, 1)]), [['', undefined, 'damaged']]],
    ['an entry that is cut off', arOf({ a: 'content' }).subarray(0, -4), [['a', 'cont', 'damaged']]],
    [
      'a size that is none',
      Buffer.concat([MAGIC, Buffer.from(`${'a/'.padEnd(48)}-5        \`\n`)]),
      [['', undefined, 'damaged']],
    ],
    ['a name that no table has', Buffer.concat([MAGIC, arEntry('/999', Buffer.from('x'))]), [['', 'x']]],
  ])('with %s tells what there is', (_, bytes, expected) => {
    expect(unpacked(bytes)).toEqual(expected);
  });

  it('is known by its first line', () => {
    expect(isAr('!<arch>\ndebian-b')).toBe(true);
    expect(isAr('!<arch> is how i')).toBe(false);
  });
});
