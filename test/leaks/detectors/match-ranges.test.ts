import { describe, expect, it } from 'vitest';
import { LazyAutomaton } from '../../../src/leaks/detectors/lazy-automaton.js';
import { linearPattern } from '../../../src/leaks/detectors/linear-pattern.js';
import { matchRanges } from '../../../src/leaks/detectors/match-ranges.js';
import { programOf } from '../../../src/leaks/detectors/pattern-program.js';
import { withoutCounts } from '../../../src/leaks/detectors/without-counts.js';

/** Deterministic numbers in [0, below). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** A pattern of all that there is, over a few letters. */
function randomPattern(next: (below: number) => number, depth = 0): string {
  const inner = (): string => randomPattern(next, depth + 1);
  const atom = ['a', 'b', 'c', '[ab]', '[^a]', '.', '\\s', '(?i:B)', '\\b', '^', '$', '(?m:^)'];
  if (depth > 3) return atom[next(atom.length)] ?? 'a';
  const made = [
    () => atom[next(atom.length)] ?? 'a',
    () => inner() + inner(),
    () => inner() + inner() + inner(),
    () => `(?:${inner()}|${inner()})`,
    () => `(?:${inner()})${['*', '+', '?', '*?', '+?', '??'][next(6)] ?? ''}`,
    () => `(?:${inner()}){${next(3)},${3 + next(4)}}${next(2) === 0 ? '?' : ''}`,
    () => `(${inner()})`,
  ];
  return made[next(made.length)]?.() ?? 'a';
}

const randomText = (next: (below: number) => number, length: number): string =>
  Array.from({ length }, () => 'aabbcAB \n'[next(9)] ?? '').join('');

/** Where the engine finds matches, as it goes on from one to the next. */
function matchesOf(pattern: string, text: string): (readonly [number, number])[] {
  const matcher = linearPattern(pattern).matcher(text);
  const found: (readonly [number, number])[] = [];
  while (matcher.find()) found.push([matcher.start(), matcher.end()]);
  return found;
}

function rangesOf(pattern: string, text: string) {
  const program = programOf(linearPattern(pattern));
  const automaton = program && LazyAutomaton.of(withoutCounts(program));
  const bytes = Buffer.from(text, 'latin1');
  return automaton && matchRanges(automaton, bytes, { from: 0, to: bytes.length });
}

describe('ranges in which a pattern may match', () => {
  it.each([
    ['one word', 'key=[a-z]{3}', 'no key= but key=abc and more', [[12, 19]]],
    ['what may begin long before', '[a-z]{0,9}key=[a-z]+', 'x mykey=abc;', [[2, 11]]],
    ['what begins with as much as one likes', '\\w*key=\\d', '  aaaaaakey=1 ', [[2, 13]]],
    ['nothing', 'key', 'a text without it', []],
    ['a whole text', '(?s)a.*b', 'xxaxxbxx', [[2, 6]]],
  ] as const)('hold every match, and little more: %s', (_name, pattern, text, matches) => {
    expect(matchesOf(pattern, text)).toEqual(matches);
    const ranges = rangesOf(pattern, text) ?? [];
    expect(ranges.length).toBe(matches.length);
    for (const [from, to] of matches) {
      expect(ranges.some((range) => range.from === from && to <= range.to)).toBe(true);
    }
  });

  it('hold every match of random patterns, and no edge cuts one', () => {
    const next = numbers(11);
    let compared = 0;
    for (let round = 0; round < 1500; round += 1) {
      const pattern = randomPattern(next);
      const text = randomText(next, next(80));
      const ranges = rangesOf(pattern, text);
      if (ranges === undefined) continue;
      const matches = matchesOf(pattern, text);
      const isHeld = matches.every(([from, to]) =>
        ranges.some((range) => range.from <= from && to <= range.to),
      );
      expect(isHeld, JSON.stringify({ pattern, text, ranges, matches })).toBe(true);
      compared += matches.length;
    }
    expect(compared).toBeGreaterThan(500);
  });

  it('are told in a time that does not grow with what a pattern counts', () => {
    const text = `${'key: abcdefgh '.repeat(20_000)}`;
    expect(rangesOf('(?i)\\w{0,500}(?:key|token|secret)[\\s:=]{1,200}\\w{9,900};', text)).toEqual([]);
  });

  it('are not told of a pattern that matches the empty text', () => {
    expect(rangesOf('a*', 'aaa')).toBeUndefined();
  });
});
