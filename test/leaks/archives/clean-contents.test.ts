import { describe, expect, it } from 'vitest';
import { CleanContents } from '../../../src/leaks/archives/clean-contents.js';

/** Says how often it is asked; finds what begins with a t. */
function asked() {
  const seen: string[] = [];
  const scan = (bytes: Uint8Array): string[] => {
    const text = Buffer.from(bytes).toString();
    seen.push(text);
    return text.startsWith('t') ? [text] : [];
  };
  return { seen, scan };
}

describe('contents in which nothing was found', () => {
  it('are looked through once, wherever their bytes lie', () => {
    const clean = new CleanContents();
    const { seen, scan } = asked();
    for (let i = 0; i < 3; i += 1) expect(clean.scan(Buffer.from('nothing'), scan)).toEqual([]);
    expect(clean.scan(new Uint8Array(Buffer.from('a nothing')).subarray(2), scan)).toEqual([]);
    expect(seen).toEqual(['nothing']);
  });

  it('are others when a byte is another, or one more or less', () => {
    const clean = new CleanContents();
    const { seen, scan } = asked();
    for (const text of ['same', 'samf', 'sam', 'same ', 'same']) clean.scan(Buffer.from(text), scan);
    expect(seen).toEqual(['same', 'samf', 'sam', 'same ']);
  });

  it('do not hide what tells something: that is found each time', () => {
    const clean = new CleanContents();
    const { seen, scan } = asked();
    for (let i = 0; i < 3; i += 1) expect(clean.scan(Buffer.from('tells'), scan)).toEqual(['tells']);
    expect(seen).toHaveLength(3);
  });

  it('are kept for one set of things to look for alone', () => {
    const { seen, scan } = asked();
    new CleanContents().scan(Buffer.from('nothing'), scan);
    new CleanContents().scan(Buffer.from('nothing'), scan);
    expect(seen).toHaveLength(2);
  });

  it('are no longer remembered beyond 50,000, but looked through', () => {
    const clean = new CleanContents();
    const { seen, scan } = asked();
    const content = (i: number) => Buffer.from(String(i));
    for (let i = 0; i <= 50_000; i += 1) clean.scan(content(i), scan);
    clean.scan(content(49_999), scan);
    expect(seen).toHaveLength(50_001);
    clean.scan(content(50_000), scan);
    expect(seen).toHaveLength(50_002);
  });
});
