/** A pattern filter as plain tables; `GramIndex` makes them, `walker/filter.ts` reads them. */
export interface FilterTables {
  readonly gramLength: number;
  readonly stride: number;
  readonly filter: Uint32Array;
  readonly filterShift: number;
  readonly buckets: Uint32Array;
  readonly bucketShift: number;
  readonly entries: Uint32Array;
  readonly members: Uint32Array;
  readonly starts: Uint32Array;
  readonly bytes: Uint8Array;
}

/** A short text, found in either case. */
export interface FilterKeyword {
  /** In lower case; at least four bytes. */
  readonly text: Uint8Array;
  /** How many characters of base64 must follow it; 0 where anything may. */
  readonly run: number;
}

/** In bytes. */
export interface FilterReach {
  /** The longest pattern or word. */
  readonly pattern: number;
  /** A keyword, and all that decides on what it draws attention to. */
  readonly context: number;
}

/** Tells which bytes may hold something, so that the others need not leave the pack reader. */
export interface PackFilter {
  readonly tables: readonly FilterTables[];
  readonly keywords: readonly FilterKeyword[];
  /** Words of these lengths are of interest whatever they are. */
  readonly wordLengths: readonly number[];
  /** How far from a changed byte a hit can be. Undefined: every version is looked at whole. */
  readonly reach: FilterReach | undefined;
}

/** Longer words are beyond the filter. */
export const MAX_WORD_LENGTH = 1023;
