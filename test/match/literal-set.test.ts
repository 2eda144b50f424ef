import { describe, expect, it } from 'vitest';
import { LiteralSet } from '../../src/match/literal-set.js';

/** Deterministic numbers in [0, below). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function randomBytes(next: (below: number) => number, length: number, alphabet: number): Uint8Array {
  return Uint8Array.from({ length }, () => 97 + next(alphabet));
}

function oracle(bytes: Uint8Array, patterns: readonly Uint8Array[]): string[] {
  const text = Buffer.from(bytes);
  return patterns.flatMap((pattern, index) => {
    const found: string[] = [];
    for (let at = text.indexOf(pattern); at >= 0; at = text.indexOf(pattern, at + 1))
      found.push(`${index}@${at}`);
    return found;
  });
}

function found(bytes: Uint8Array, set: LiteralSet): string[] {
  const matches: string[] = [];
  set.findAll(bytes, (index, at) => matches.push(`${index}@${at}`));
  return matches;
}

describe('LiteralSet', () => {
  it.each(Array.from({ length: 60 }, (_, seed) => seed))('agrees with indexOf on random input %i', (seed) => {
    const next = numbers(seed);
    const alphabet = 2 + next(4);
    const bytes = randomBytes(next, 500 + next(3000), alphabet);
    const patterns = Array.from({ length: 1 + next(60) }, () => {
      const length = 1 + next(next(2) === 0 ? 12 : 150);
      const at = next(bytes.length - length);
      return next(3) === 0 ? randomBytes(next, length, alphabet) : bytes.slice(at, at + length);
    });
    expect(found(bytes, new LiteralSet(patterns)).sort()).toEqual(oracle(bytes, patterns).sort());
  });

  it.each([1, 3, 5, 8, 16, 33, 70])(
    'finds a pattern of %i bytes at the very start and end, and at every offset',
    (length) => {
      const pattern = randomBytes(numbers(7), length, 26);
      const set = new LiteralSet([pattern]);
      for (let at = 0; at <= 90; at += 1) {
        const bytes = new Uint8Array(at + length);
        bytes.set(pattern, at);
        expect(found(bytes, set)).toEqual([`0@${at}`]);
      }
    },
  );

  it('reports equal patterns each, and overlaps', () => {
    const pattern = Buffer.from('abababab');
    expect(found(Buffer.from('xabababababx'), new LiteralSet([pattern, pattern])).sort()).toEqual([
      '0@1',
      '0@3',
      '1@1',
      '1@3',
    ]);
  });

  it('finds letters in either case when asked to, and only then', () => {
    const patterns = [Buffer.from('Api.Video'), Buffer.from('C3D_')];
    const bytes = Buffer.from('see API.VIDEO and c3d_ and apixvideo');
    expect(found(bytes, new LiteralSet(patterns, { foldCase: true })).sort()).toEqual(['0@4', '1@18']);
    expect(found(bytes, new LiteralSet(patterns))).toEqual([]);
  });

  it('does not look outside of the bytes that it is given', () => {
    const bytes = Buffer.from('0123456789abcdef0123456789');
    const set = new LiteralSet([Buffer.from('abcdef'), Buffer.from('9abcdef0')]);
    expect(found(bytes.subarray(10, 16), set)).toEqual(['0@0']);
    expect(found(bytes.subarray(10, 15), set)).toEqual([]);
  });

  it('finds nothing without patterns', () => {
    expect(found(Buffer.from('anything'), new LiteralSet([]))).toEqual([]);
  });

  it('refuses an empty pattern', () => {
    expect(() => new LiteralSet([new Uint8Array()])).toThrow('empty');
  });
});
