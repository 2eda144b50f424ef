import { Secret } from '../core/secret.js';
import { hasNeighbours } from '../match/encodings.js';
import type { Detected } from './detectors/detector-set.js';
import { findHashed } from './hashed-tokens.js';
import { compareRecognised, compareText, type Hit } from './hit.js';
import type { Needles } from './needles.js';
import { narrowUtf16 } from './utf16.js';

/** A shorter content is scanned as fast as it is copied for the first look. */
const MIN_FILTERED = 256;

/** Everything that is found in some bytes, in order; where several accounts overlap, the best one. */
export function scanBytes(bytes: Uint8Array, needles: Needles): Hit[] {
  const hits = mayHold(bytes, needles)
    ? [...findLiterals(bytes, needles), ...findUnwritten(bytes, needles)]
    : [];
  const narrow = narrowUtf16(bytes);
  if (narrow !== undefined && mayHold(narrow.bytes, needles)) {
    for (const hit of findUnwritten(narrow.bytes, needles)) {
      const from = hit.from * 2;
      // The content may end in the middle of the last character.
      const to = Math.min(bytes.length, from + (hit.to - hit.from) * 2);
      const encoding = narrow.parity === 0 ? 'utf-16le' : 'utf-16be';
      hits.push({ ...hit, from, to, encoding });
    }
  }
  return hits.length < 2 ? hits : withoutOverlaps(hits);
}

const mayHold = (bytes: Uint8Array, needles: Needles): boolean =>
  bytes.length < MIN_FILTERED || needles.mayHold?.(bytes) !== false;

const BY_VALUE = { vendor: undefined, recognition: { by: 'value' }, confidence: 'high' } as const;

function findLiterals(bytes: Uint8Array, needles: Needles): Hit[] {
  const hits: Hit[] = [];
  needles.values.findAll(bytes, (value, form, from) => {
    const fingerprint = needles.fingerprints[value];
    if (fingerprint === undefined || !hasNeighbours(form, bytes, from)) return;
    const account = needles.taken?.get(fingerprint) ?? BY_VALUE;
    hits.push({ ...account, fingerprint, encoding: form.encoding, from, to: from + form.bytes.length });
  });
  return hits;
}

/** What has no written forms to compare with: hashed keys, and what only looks like a key. */
function findUnwritten(bytes: Uint8Array, needles: Needles): Hit[] {
  const guesses = needles.detectors.detect(bytes).map((detected) => guessedHit(detected, needles));
  return [...findHashed(bytes, needles), ...guesses];
}

/** A guess whose fingerprint is a known key's is that key: a Basic header may hold it. */
function guessedHit({ value, detector, from, to, encoding }: Detected, needles: Needles): Hit {
  const secret = Secret.of(value);
  const fingerprint = secret.fingerprint(needles.pepper);
  needles.met.set(fingerprint, secret);
  const isKnown = needles.hashed.get(value.length)?.has(fingerprint) === true;
  return {
    fingerprint,
    vendor: detector.vendor,
    recognition: isKnown ? { by: 'fingerprint' } : { by: 'detector', detector: detector.id },
    confidence: isKnown ? 'high' : detector.confidence,
    encoding,
    from,
    to,
  };
}

/** Two keys that overlap by value both stay; a guess that touches something better goes. */
function withoutOverlaps(hits: Hit[]): Hit[] {
  hits.sort(compareWorth);
  const kept: Hit[] = [];
  const taken = new Map<number, Hit[]>();
  for (const hit of hits) {
    if (isTaken(hit, taken)) continue;
    kept.push(hit);
    for (const cell of cellsOf(hit)) taken.set(cell, [...(taken.get(cell) ?? []), hit]);
  }
  return kept.sort(compareHits);
}

/**
 * The longer account of the same string says more. UTF-16 text also has the other byte order's form, one byte off:
 * the one at an even offset is right.
 */
const compareWorth = (a: Hit, b: Hit): number =>
  compareRecognised(a, b) ||
  // A run of base64 after a telling name is the key in it, and no key itself.
  Number(a.encoding === 'plain') - Number(b.encoding === 'plain') ||
  b.to - b.from - (a.to - a.from) ||
  (a.from & 1) - (b.from & 1) ||
  compareHits(a, b);

const compareHits = (a: Hit, b: Hit): number =>
  a.from - b.from ||
  a.to - b.to ||
  compareText(a.fingerprint, b.fingerprint) ||
  compareText(a.encoding, b.encoding);

/** Hits are filed by the stretches of this length that they touch, so that each is compared with its neighbours only. */
const CELL_SHIFT = 8;

function cellsOf(hit: Hit): number[] {
  const [first, last] = [hit.from >>> CELL_SHIFT, (hit.to - 1) >>> CELL_SHIFT];
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

function isTaken(hit: Hit, taken: ReadonlyMap<number, readonly Hit[]>): boolean {
  return cellsOf(hit).some((cell) =>
    taken.get(cell)?.some((other) => {
      const isGuess = hit.recognition.by === 'detector' || other.fingerprint === hit.fingerprint;
      return isGuess && hit.from < other.to && other.from < hit.to;
    }),
  );
}
