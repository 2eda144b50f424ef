import { detectAssigned } from './assigned.js';
import { detectBasicAuth } from './basic-auth.js';
import type { Detection, Detector, Search } from './detector.js';
import { detectJwt } from './jwt.js';
import { detectNear } from './near.js';
import { detectAfter, detectPrefixed } from './prefixed.js';
import { detectRegex } from './regex.js';

/** Where a keyword of a detector stands, in bytes. */
export interface KeywordAt {
  readonly from: number;
  readonly to: number;
}

/** What a search is given: all places of the detector's keywords, in order. */
export interface SearchInput {
  readonly bytes: Uint8Array;
  readonly detector: Detector;
  readonly keywords: readonly KeywordAt[];
}

type Run<K extends Search['kind']> = (
  input: SearchInput,
  search: Extract<Search, { kind: K }>,
) => Detection[];

const SEARCHES: { readonly [K in Search['kind']]: Run<K> } = {
  prefix: detectPrefixed,
  after: detectAfter,
  assigned: detectAssigned,
  near: detectNear,
  'basic-auth': detectBasicAuth,
  jwt: detectJwt,
  regex: detectRegex,
};

/** Everything of the detector's shape around its keywords; linear in the bytes. */
export function runSearch(input: SearchInput): Detection[] {
  return runKind(input, input.detector.search);
}

function runKind<K extends Search['kind']>(
  input: SearchInput,
  search: Extract<Search, { kind: K }>,
): Detection[] {
  // The table's type ties each kind to its search; the compiler cannot follow that through an index.
  const run = SEARCHES[search.kind] as Run<K>;
  return run(input, search);
}
