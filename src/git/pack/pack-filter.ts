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

/** A short text that draws attention to its surroundings. */
export interface FilterKeyword {
  /** In lower case, and found in either; at least two bytes. */
  readonly text: Uint8Array;
  /** How many characters of base64 must follow it; 0 where anything may. */
  readonly run: number;
  /** The text is how a keyword looks inside of base64 or hex: found as it is written. */
  readonly isEncoded: boolean;
}

/** In bytes. */
export interface FilterReach {
  /** The longest pattern or word. */
  readonly pattern: number;
  /** The longest keyword, encoded or not, with what must follow it. */
  readonly mark: number;
  /** And without that. */
  readonly word: number;
  /** A keyword, and all that decides on what it draws attention to. */
  readonly context: number;
}

/** Tells which bytes may hold something, so that the others need not leave the pack reader. */
export interface PackFilter {
  readonly tables: readonly FilterTables[];
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
