import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignedTo, type Work } from '../../src/shards/assign.js';
import { parseShard } from '../../src/shards/shard.js';

const works = fc.uniqueArray(
  fc.record({ name: fc.string({ minLength: 1, maxLength: 20 }), sizeKib: fc.nat(50_000_000) }),
  { selector: ({ name }) => name, maxLength: 60 },
);

const partsOf = (items: readonly Work[], count: number): readonly (readonly Work[])[] =>
  Array.from({ length: count }, (_, at) => assignedTo(items, { index: at + 1, count }));

const namesOf = (items: readonly Work[]): readonly string[] => items.map(({ name }) => name);

/** 300 small repositories and 40 of up to 3 GB. */
const COMPANY: readonly Work[] = Array.from({ length: 340 }, (_, at) => ({
  name: `acme/service-${at}`,
  sizeKib: at < 40 ? 2_000 + at * at * 2_000 : at,
}));

describe('sharing repositories out', () => {
  it('gives every repository to exactly one shard, whatever there is and however many shards', () => {
    fc.assert(
      fc.property(works, fc.integer({ min: 1, max: 12 }), (items, count) => {
        const taken = partsOf(items, count).flatMap(namesOf);
        expect(taken.toSorted()).toEqual(namesOf(items).toSorted());
      }),
    );
  });

  it('does not depend on the order of the list', () => {
    fc.assert(
      fc.property(works, fc.integer({ min: 1, max: 8 }), (items, count) => {
        const [one, other] = [partsOf(items, count), partsOf(items.toReversed(), count)];
        expect(other.map((part) => namesOf(part).toSorted())).toEqual(
          one.map((part) => namesOf(part).toSorted()),
        );
      }),
    );
  });

  it('gives no shard much more than another', () => {
    const loads = partsOf(COMPANY, 8).map((part) => part.reduce((sum, { sizeKib }) => sum + sizeKib, 0));
    expect(Math.max(...loads)).toBeLessThan(2 * Math.min(...loads));
  });

  it('moves no other repository when a new one appears, or when one grows by a tenth', () => {
    const before = partsOf(COMPANY, 8).map(namesOf);
    const grown = COMPANY.map((item) => ({ ...item, sizeKib: item.sizeKib * 1.1 }));
    const later = [...COMPANY.slice(0, 100), { name: 'acme/new', sizeKib: 0 }, ...COMPANY.slice(100)];
    const others = partsOf(later, 8).map((part) => namesOf(part).filter((name) => name !== 'acme/new'));
    expect(others).toEqual(before);
    const moved = partsOf(grown.slice(40), 8).map(namesOf);
    expect(moved).toEqual(partsOf(COMPANY.slice(40), 8).map(namesOf));
  });
});

describe('--shard', () => {
  it.each([
    ['1/1', { index: 1, count: 1 }],
    ['3/8', { index: 3, count: 8 }],
    ['1000/1000', { index: 1000, count: 1000 }],
  ])('reads %s', (text, shard) => expect(parseShard(text)).toEqual(shard));

  it.each(['', '0/1', '2/1', '1', '1/0', '-1/2', '1/2/3', 'a/b', '1/1001', ' 1/2', '1.5/2'])(
    'refuses %o',
    (text) => expect(parseShard(text)).toBeUndefined(),
  );
});
