import { MAX_NAME, MAX_ASSIGNMENT } from './assigned.js';
import type { Detector } from './detector.js';
import { CONTEXT } from './detector-set.js';
import { MAX_ENCODED_REACH } from './encoded-runs.js';
import { MAX_JWT } from './jwt.js';
import { MAX_INTRODUCER } from './near.js';

/** A sign before a value and one behind it decide whether it is whole; blanks may stand between. */
const EDGES = 16;

/** How far, in bytes, from the other end of a keyword anything stands that decides on a value which the keyword draws attention to. */
export function contextReach({ search, shape, keywords }: Detector): number {
  const keyword = Math.max(0, ...keywords.map((text) => Buffer.byteLength(text)));
  const farthest = Math.max(around(search, shape), MAX_ENCODED_REACH + CONTEXT);
  return keyword + farthest + 2 * MAX_NAME + MAX_ASSIGNMENT + EDGES;
}

function around(search: Detector['search'], { maxLength }: Detector['shape']): number {
  if (search.kind === 'jwt') return MAX_JWT;
  const value = Math.ceil((maxLength * 4) / 3); // it may stand there in base64
  return search.kind === 'near' ? search.distance + search.gap + MAX_INTRODUCER + value : value;
}
