import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAllowlist, widestPrefix } from '../../src/addresses/allowlist.js';

/**
 * A small world: lists over the 256 addresses of one /24 (or /120), written in every way that a list can be written, and
 * judged again by marking addresses one by one. Nothing here uses the code under test or an address library.
 */
interface Written {
  readonly text: string;
  readonly family: 4 | 6;
  /** Prefix length within the block of 256 addresses: 0 to 8. */
  readonly bits: number;
  readonly start: number;
  readonly hostBits: boolean;
}

const HEAD = { 4: '9.8.7', 6: '2a00:1::' } as const;

const written: fc.Arbitrary<Written> = fc
  .record({
    address: fc.nat(255),
    bits: fc.nat(8),
    form: fc.constantFrom('v4', 'v6', 'mapped', 'mapped-hex'),
    bare: fc.boolean(),
    aligned: fc.boolean(),
  })
  .map(({ address: any, bits: chosen, form, bare, aligned }) => {
    const bits = bare ? 8 : chosen;
    const size = 2 ** (8 - bits);
    const start = Math.floor(any / size) * size;
    const address = aligned ? start : any;
    const family = form === 'v6' ? 6 : 4;
    const suffix = bare ? '' : `/${(form === 'v4' ? 24 : 120) + bits}`;
    const texts = {
      v4: `${HEAD[4]}.${address}`,
      v6: `${HEAD[6]}${address.toString(16)}`,
      mapped: `::ffff:${HEAD[4]}.${address}`,
      'mapped-hex': `::FFFF:908:7${address.toString(16).padStart(2, '0')}`,
    };
    return { text: texts[form] + suffix, family, bits, start, hostBits: address !== start };
  });

const junk = fc.constantFrom(
  'office',
  '',
  '9.8.7',
  '9.8.7.1/33',
  '9.8.7.1-9.8.7.4',
  'fe80::1%eth0',
  ' 9.8.7.1',
);
const lists = fc.array(fc.oneof({ weight: 9, arbitrary: written }, { weight: 1, arbitrary: junk }), {
  maxLength: 12,
});

/** One bit for each of the 256 addresses, set one by one. */
function marksOf({ start, bits }: Written): bigint {
  let marks = 0n;
  for (let address = start; address < start + 2 ** (8 - bits); address += 1) marks |= 1n << BigInt(address);
  return marks;
}

interface Marked extends Written {
  readonly marks: bigint;
}

const isInside = (inner: Marked, outer: Marked): boolean =>
  inner.family === outer.family && (inner.marks & ~outer.marks) === 0n;

function oracle(list: readonly (Written | string)[]) {
  const entries = list
    .filter((entry) => typeof entry !== 'string')
    .map((entry) => ({ ...entry, marks: marksOf(entry) }));
  const same = (a: Marked, b: Marked) => isInside(a, b) && isInside(b, a);
  const textsOf = (some: readonly Written[]) => some.map(({ text }) => text);
  return {
    unreadable: list.filter((entry) => typeof entry === 'string'),
    hostBits: textsOf(entries.filter(({ hostBits }) => hostBits)),
    duplicates: textsOf(
      entries.filter(
        (entry, index) =>
          entries.slice(0, index).some((other) => same(entry, other)) &&
          !entries.some((other) => isInside(entry, other) && !same(entry, other)),
      ),
    ),
    covered: textsOf(entries.filter((entry) => entries.some((o) => isInside(entry, o) && !same(entry, o)))),
    widest4: Math.min(32, ...entries.filter(({ family }) => family === 4).map(({ bits }) => 24 + bits)),
    widest6: Math.min(128, ...entries.filter(({ family }) => family === 6).map(({ bits }) => 120 + bits)),
  };
}

describe('an allowlist', () => {
  it('means what marking its addresses one by one says, in 10,000 random lists', () => {
    fc.assert(
      fc.property(lists, (list) => {
        const read = readAllowlist(list.map((entry) => (typeof entry === 'string' ? entry : entry.text)));
        const { unreadable, hostBits, duplicates, covered } = read;
        expect({
          unreadable,
          hostBits,
          duplicates,
          covered,
          widest4: widestPrefix(read, 4),
          widest6: widestPrefix(read, 6),
        }).toEqual(oracle(list));
      }),
      { numRuns: 10_000, seed: 20_261_121 },
    );
  });

  it('covers everything exactly when each of 256 equal parts of the world is covered', () => {
    const part = fc.record({ first: fc.nat(255), bits: fc.nat(8) });
    // Lists that nearly or exactly cover the world are rare at random: cut it up, and sometimes drop one piece.
    const cut = (
      start: number,
      size: number,
      depth: fc.Arbitrary<boolean>,
    ): fc.Arbitrary<[number, number][]> =>
      size === 1
        ? fc.constant([[start, size]])
        : depth.chain((split) =>
            split
              ? fc
                  .tuple(cut(start, size / 2, fc.boolean()), cut(start + size / 2, size / 2, fc.boolean()))
                  .map(([low, high]) => [...low, ...high])
              : fc.constant([[start, size]]),
          );
    const pieces = fc.tuple(
      cut(0, 256, fc.constant(true)),
      fc.option(fc.nat()),
      fc.array(part, { maxLength: 3 }),
    );
    fc.assert(
      fc.property(pieces, fc.constantFrom(4, 6), ([whole, dropped, extra], family) => {
        const kept = whole.filter((_, index) => dropped === null || index !== dropped % whole.length);
        const more = extra.map(({ first, bits }): [number, number] => {
          const size = 2 ** (8 - bits);
          return [Math.floor(first / size) * size, size];
        });
        const spans = [...kept, ...more];
        const marked = new Set(
          spans.flatMap(([start, size]) => Array.from({ length: size }, (_, i) => start + i)),
        );
        const texts = spans.map(([start, size]) => {
          const prefix = 8 - Math.log2(size);
          return family === 4
            ? `${start}.0.0.0/${prefix}`
            : `${start.toString(16).padStart(2, '0')}00::/${prefix}`;
        });
        expect(readAllowlist(texts).coversAll).toBe(marked.size === 256);
      }),
      { numRuns: 3_000, seed: 20_261_121 },
    );
  });
});
