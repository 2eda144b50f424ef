import { describe, expect, it } from 'vitest';
import { KeywordAutomaton } from '../../src/match/keyword-automaton.js';
import { LiteralSet } from '../../src/match/literal-set.js';

type Finder = Pick<LiteralSet, 'findAll'>;

function found(finder: Finder, text: Uint8Array): string[] {
  const places: string[] = [];
  finder.findAll(text, (keyword, at) => places.push(`${keyword} at ${at}`));
  return places.sort();
}

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

function both(keywords: readonly string[], text: string): { readonly own: string[]; readonly set: string[] } {
  const patterns = keywords.map((keyword) => bytes(keyword.toLowerCase()));
  return {
    own: found(new KeywordAutomaton(patterns), bytes(text)),
    set: found(new LiteralSet(patterns, { foldCase: true }), bytes(text)),
  };
}

describe('keywords found by one look at every byte', () => {
  it.each([
    ['one inside of another', ['key', 'ke', 'e', 'apikey'], 'apikey keke KEY aPiKeY'],
    ['equal ones', ['key', 'key'], 'a key'],
    ['overlapping ones', ['abab', 'bab', 'ab'], 'abababab'],
    ['a long one that breaks off inside of a short one', ['secret', 'creed'], 'secreed secret'],
    ['bytes beyond ASCII', ['schl\xfcssel', '\xfc'], 'Schl\xfcssel SCHL\xdcSSEL'],
    ['none', [], 'anything'],
    ['nothing to look through', ['key'], ''],
  ])('are those that a set of literals finds: %s', (_name, keywords, text) => {
    const { own, set } = both(keywords, text);
    expect(own).toEqual(set);
  });

  it('are those that a set of literals finds in random texts of few letters', () => {
    let state = 7;
    const next = (below: number): number => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
    const random = (length: number): string => Array.from({ length }, () => 'abAB'[next(4)] ?? '').join('');
    for (let round = 0; round < 300; round += 1) {
      const keywords = Array.from({ length: 1 + next(6) }, () => random(1 + next(5)));
      const { own, set } = both(keywords, random(next(60)));
      expect(own).toEqual(set);
    }
  });
});
