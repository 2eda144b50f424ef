import { compareText } from '../core/compare-text.js';
import { digestOf } from '../core/digest.js';
import { Secret } from '../core/secret.js';
import type { NeedlesRequest } from './needles.js';

/** Anything but a key: shows under which pepper fingerprints are made. */
const PROBE = Secret.of('what is looked for');

/** A digest of what is looked for: with the same one, the same text gives the same hits in the same version of the program. */
export function lookedForDigest({ known, detectors, pepper }: NeedlesRequest): string {
  const keys = known.map(
    ({ fingerprint, secret }) => `${fingerprint} ${secret === undefined ? 'hashed' : 'held'}`,
  );
  return digestOf(
    'keyaudit looked for',
    PROBE.fingerprint(pepper),
    JSON.stringify(detectors),
    ...keys.toSorted(compareText),
  );
}
