import type { Fingerprint } from '../core/digest.js';
import type { Confidence, Recognition } from '../core/leak.js';

/** Which string was found, and how it was recognised. */
export interface Recognised {
  readonly fingerprint: Fingerprint;
  readonly vendor: string | undefined;
  readonly recognition: Recognition;
  readonly confidence: Confidence;
}

/** A string found in some content. Offsets count bytes from the content's start. */
export interface Hit extends Recognised {
  readonly encoding: string;
  readonly from: number;
  readonly to: number;
}

/** A hit with its line and column in the whole content; both count from 1, columns are bytes. */
export interface LocatedHit extends Hit {
  readonly line: number;
  readonly column: number;
  /** Where in the archive that the content is: `inner.zip!/a.txt`, or empty for what gzip packs. Absent for all other contents. */
  readonly inside?: string;
}

const STRENGTH = { value: 0, fingerprint: 1, detector: 2 } as const;
const CONFIDENCE = { high: 0, medium: 1, low: 2 } as const;

/** Negative when `a` is the better account of the same string: known before guessed, sure before unsure. */
export function compareRecognised(a: Recognised, b: Recognised): number {
  return (
    STRENGTH[a.recognition.by] - STRENGTH[b.recognition.by] ||
    CONFIDENCE[a.confidence] - CONFIDENCE[b.confidence] ||
    compareText(detectorOf(a), detectorOf(b))
  );
}

const detectorOf = ({ recognition }: Recognised): string =>
  recognition.by === 'detector' ? recognition.detector : '';

/** What makes two hits in one content's versions the same place. */
export const placeKey = (path: string | undefined, { fingerprint, encoding, inside }: LocatedHit): string =>
  `${fingerprint} ${encoding} ${path ?? '\0'}${inside === undefined ? '' : `\0${inside}`}`;

/** By code unit: the same order on every machine. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
