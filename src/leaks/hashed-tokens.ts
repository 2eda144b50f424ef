import { Secret } from '../core/secret.js';
import { characterClass, runEnd, textOf } from './detectors/character-class.js';
import type { Hit } from './hit.js';
import type { Needles } from './needles.js';

/**
 * Two ways to cut text into words: a key with `_` or `-` in it is whole in the first,
 * one that such a sign joins to other words is whole in the second.
 */
const WORDS = [characterClass('A-Za-z0-9_-'), characterClass('A-Za-z0-9')];
/** Shows where a key begins inside of a longer word. */
export const KEY_PREFIX = 'orgkey-';

/** Finds keys of which only the fingerprint is known: words of the right length are hashed and compared. */
export function findHashed(bytes: Uint8Array, needles: Needles): Hit[] {
  if (needles.hashed.size === 0) return [];
  const hits = new Map<number, Hit>();
  for (const members of WORDS) {
    for (let at = 0; at < bytes.length; ) {
      const end = runEnd(bytes, at, members);
      if (end > at) collect({ bytes, from: at, to: end }, needles, hits);
      at = end + 1;
    }
  }
  return [...hits.values()];
}

interface Word {
  readonly bytes: Uint8Array;
  readonly from: number;
  readonly to: number;
}

function collect(word: Word, needles: Needles, hits: Map<number, Hit>): void {
  const length = word.to - word.from;
  for (const [wanted, fingerprints] of needles.hashed) {
    if (length < wanted || length > wanted + MAX_JOINED) continue;
    const from = word.to - wanted;
    if (length > wanted && !beginsPrefixed(word.bytes, from)) continue;
    const secret = Secret.of(textOf(word.bytes, from, word.to));
    const fingerprint = secret.fingerprint(needles.pepper);
    if (!fingerprints.has(fingerprint)) continue;
    needles.met.set(fingerprint, secret);
    hits.set(from, { ...KNOWN, fingerprint, encoding: 'plain', from, to: word.to });
  }
}

/** A longer word is looked into only where a vendor's prefix shows the key's beginning. */
export const MAX_JOINED = 64;
const beginsPrefixed = (bytes: Uint8Array, from: number): boolean =>
  textOf(bytes, from, from + KEY_PREFIX.length) === KEY_PREFIX ||
  textOf(bytes, from - KEY_PREFIX.length, from) === KEY_PREFIX;

const KNOWN = { vendor: undefined, recognition: { by: 'fingerprint' }, confidence: 'high' } as const;
