import { describe, expect, it } from 'vitest';
import { KeyIndex } from '../../src/match/key-index.js';
import { KeyTextsBuilder } from '../../src/match/key-texts.js';
import { fakeKey } from '../../src/sandbox/fake-keys.js';

const KEYS = Array.from({ length: 50 }, (_, i) => fakeKey('api-video', `index ${i}`));
const index = new KeyIndex(
  KeyTextsBuilder.of(KEYS.map((key, owner) => ({ owner, bytes: Buffer.from(key) }))),
  true,
);

function suspects(text: string): number[] {
  const owners = new Set<number>();
  index.suspectsIn(Buffer.from(text), (owner) => owners.add(owner));
  return [...owners].sort((a, b) => a - b);
}

describe('KeyIndex', () => {
  it('tells every key that stands in a text, at whatever place', () => {
    for (const [owner, key] of KEYS.entries())
      expect(suspects(`${'.'.repeat(owner)}${key}${'.'.repeat(owner % 5)}`)).toEqual([owner]);
  });

  it('tells a key that stands there backwards, or encoded', () => {
    const key = KEYS[7] ?? '';
    expect(suspects(Array.from(key).reverse().join(''))).toEqual([7]);
    expect(suspects(Buffer.from(`=${key}`).toString('base64'))).toEqual([7]);
    expect(suspects(Buffer.from(key).toString('hex'))).toEqual([7]);
  });

  it('does not tell a key of which a middle character is another', () => {
    const key = KEYS[3] ?? '';
    for (let at = 2; at < key.length - 1; at += 1)
      expect(suspects(`${key.slice(0, at)}!${key.slice(at + 1)}`)).toEqual([]);
  });

  it('looks at as few places as the shortest key allows', () => {
    const [shorter, longer] = [
      new KeyIndex(KeyTextsBuilder.of([{ owner: 0, bytes: Buffer.alloc(16, 'a') }]), false),
      index,
    ];
    expect(shorter.tables.stride).toBe(16 - 11 + 1);
    expect(longer.tables.stride).toBe(43 - 11 + 1);
  });
});
