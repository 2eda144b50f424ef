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

/** An index of many keys as plain tables; `KeyIndex` makes them, `walker/keys.ts` reads them. */
export interface KeyTables {
  readonly minLength: number;
  readonly stride: number;
  readonly filter: Uint32Array;
  readonly filterShift: number;
  readonly buckets: Uint32Array;
  readonly bucketShift: number;
  readonly entries: Uint32Array;
  readonly starts: Uint32Array;
  readonly bytes: Uint8Array;
  /** Whether all bytes are letters and digits, and the texts long: then they are looked for in runs of such only. */
  readonly isRun: boolean;
}

/** What draws attention to its surroundings, besides keywords. */
export interface FilterMarks {
  /** How keywords look inside of base64 and hex. */
  readonly encoded: readonly FilterTables[];
  /** Keywords that are too short for {@link FilterKeyword}, in all their cases. */
  readonly short: readonly FilterTables[];
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
  /** The longest keyword, encoded or not. */
  readonly mark: number;
  /** A keyword, and all that decides on what it draws attention to. */
  readonly context: number;
}

/** Tells which bytes may hold something, so that the others need not leave the pack reader. */
export interface PackFilter {
  readonly tables: readonly FilterTables[];
  readonly marks: FilterMarks;
  /** Looked for in clear, backwards, in base64, hex and UTF-16. */
  readonly keys: readonly KeyTables[];
  readonly keywords: readonly FilterKeyword[];
  /** Words of these lengths are of interest whatever they are. */
  readonly wordLengths: readonly number[];
  /** How far from a changed byte a hit can be. Undefined: every version is looked at whole. */
  readonly reach: FilterReach | undefined;
}

/** Longer words are beyond the filter. */
export const MAX_WORD_LENGTH = 1023;
