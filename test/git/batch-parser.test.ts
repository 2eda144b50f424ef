import { describe, expect, it } from 'vitest';
import { BatchParser } from '../../src/git/batch-parser.js';

const ID = 'a'.repeat(40);
const OTHER = 'b'.repeat(64);

function parse(text: string, chunkBytes: number) {
  const objects: string[] = [];
  let content = '';
  const parser = new BatchParser({
    begin: ({ id, type, size }) => {
      content = `${id.slice(0, 1)} ${type} ${size} `;
    },
    data: (bytes) => {
      content += Buffer.from(bytes).toString();
    },
    end: () => objects.push(content),
  });
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += chunkBytes) parser.push(bytes.subarray(at, at + chunkBytes));
  const isCutOff = parser.breakOff();
  return { objects, missing: parser.missing, isCutOff, count: parser.objects };
}

describe('BatchParser', () => {
  const text = `${ID} blob 5\na\nb\nc\n${OTHER} tree 0\n\n${ID} missing\n${ID} commit 3\nxyz\n`;

  it.each([1, 2, 3, 7, 64, 1000])('reads objects from chunks of %i bytes', (chunkBytes) => {
    expect(parse(text, chunkBytes)).toEqual({
      objects: ['a blob 5 a\nb\nc', 'b tree 0 ', 'a commit 3 xyz'],
      missing: 1,
      isCutOff: false,
      count: 3,
    });
  });

  it.each([10, 49, 52, 53])('knows that text cut off after %i bytes is not complete', (length) => {
    expect(parse(text.slice(0, length), 8).isCutOff).toBe(true);
  });

  it('ends an object that breaks off, and does not count it', () => {
    expect(parse(text.slice(0, 52), 8)).toMatchObject({ objects: ['a blob 5 a\nb\n'], count: 0 });
  });

  it.each(['garbage\n', `${ID} sock 5\n`, `${ID} blob -1\n`, 'x'.repeat(300)])('refuses %j', (wrong) => {
    expect(() => parse(wrong, 1000)).toThrow('git cat-file wrote');
  });
});
