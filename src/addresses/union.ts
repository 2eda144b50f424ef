import { type AddressRange, lastAddressOf } from './address-range.js';

/** Several ranges taken together. */
export interface AddressUnion {
  /** Every IPv4 or every IPv6 address is in it. */
  readonly coversAll: boolean;
  /** Whether every address of the range is in it, in whatever pieces. */
  covers(range: AddressRange): boolean;
}

type Span = Pick<AddressRange, 'first' | 'last'>;

/** Joins ranges that touch or overlap; the families stay apart. */
export function unionOf(ranges: readonly AddressRange[]): AddressUnion {
  const spans = { 4: spansOf(ranges, 4), 6: spansOf(ranges, 6) };
  const holds = (family: 4 | 6, first: bigint, last: bigint): boolean =>
    spans[family].some((span) => span.first <= first && last <= span.last);
  return {
    coversAll: holds(4, 0n, lastAddressOf(4)) || holds(6, 0n, lastAddressOf(6)),
    covers: ({ family, first, last }) => holds(family, first, last),
  };
}

function spansOf(ranges: readonly AddressRange[], family: 4 | 6): readonly Span[] {
  const spans: Span[] = [];
  const sorted = ranges
    .filter((range) => range.family === family)
    .sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0));
  for (const { first, last } of sorted) {
    const open = spans.at(-1);
    if (open === undefined || first > open.last + 1n) spans.push({ first, last });
    else if (last > open.last) spans[spans.length - 1] = { first: open.first, last };
  }
  return spans;
}
