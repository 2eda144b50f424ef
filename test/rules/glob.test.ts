import { describe, expect, it } from 'vitest';
import { globMatches } from '../../src/rules/glob.js';

describe('globMatches', () => {
  it.each([
    ['', '', true],
    ['', '*', true],
    ['', '?', false],
    ['abc', 'abc', true],
    ['abc', 'ab', false],
    ['abc', 'a*', true],
    ['abc', '*c', true],
    ['abc', 'a?c', true],
    ['abc', '**b**', true],
    ['abcabd', '*abd', true],
    ['mississippi', 'm*iss*p?', true],
    ['mississippi', 'm*iss*q?', false],
    ['a.c', 'a.c', true],
    ['abc', 'a.c', false],
    ['a*c', 'a*c', true],
  ])('of %j with %j is %s', (text, pattern, expected) => {
    expect(globMatches(text, pattern)).toBe(expected);
  });
});
