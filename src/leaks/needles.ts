import { type Fingerprint, fingerprintLength } from '../core/digest.js';
import type { Secret } from '../core/secret.js';
import { MIN_SEARCHED_LENGTH } from '../match/encodings.js';
import { KnownValues } from '../match/known-values.js';
import type { Detector } from './detectors/detector.js';
import { DetectorSet } from './detectors/detector-set.js';
import type { Recognised } from './hit.js';

/** A key that somebody has: by value, or by fingerprint alone. */
export interface KnownKey {
  readonly fingerprint: Fingerprint;
  readonly secret?: Secret;
}

export type ValueSearch = Pick<KnownValues, keyof KnownValues>;

/** Everything that is looked for, made ready once for all contents. */
export interface Needles {
  readonly values: ValueSearch;
  /** Whose each of `values` is. */
  readonly fingerprints: readonly Fingerprint[];
  /** Of values that were only met: what they were taken for. The others are keys that somebody knows. */
  readonly taken?: ReadonlyMap<Fingerprint, Recognised>;
  /** Fingerprints of keys without a value, by the key's length. */
  readonly hashed: ReadonlyMap<number, ReadonlySet<Fingerprint>>;
  readonly detectors: DetectorSet;
  readonly pepper: Secret | undefined;
  /** A quick first look: false where nothing can be found as it stands there. Absent: every content is looked through. */
  readonly mayHold?: (bytes: Uint8Array) => boolean;
  /** Every string that was taken for a key without its value being known before; a scan adds what it meets. */
  readonly met: Map<Fingerprint, Secret>;
}

export interface NeedlesRequest {
  readonly known: readonly KnownKey[];
  readonly detectors: readonly Detector[];
  readonly pepper?: Secret;
}

/** What is looked for, and how. */
export interface CompileRequest extends NeedlesRequest {
  /** As `KnownValues` takes it; what is found is the same. */
  readonly manyValues?: number | undefined;
}

export function compileNeedles({ known, detectors, pepper, manyValues }: CompileRequest): Needles {
  const held = new Set<Fingerprint>();
  const secrets: Secret[] = [];
  const others: Fingerprint[] = [];
  for (const { fingerprint, secret } of known) {
    if (secret === undefined || secret.length < MIN_SEARCHED_LENGTH) {
      others.push(fingerprint);
      continue;
    }
    const before = held.size;
    if (held.add(fingerprint).size > before) secrets.push(secret);
  }
  const hashed = new Map<number, Set<Fingerprint>>();
  for (const fingerprint of others) {
    if (held.has(fingerprint)) continue;
    const length = fingerprintLength(fingerprint);
    const group = hashed.get(length) ?? new Set();
    hashed.set(length, group.add(fingerprint));
  }
  return {
    values: new KnownValues(secrets, manyValues),
    fingerprints: [...held],
    hashed,
    detectors: new DetectorSet(detectors),
    pepper,
    met: new Map(),
  };
}
