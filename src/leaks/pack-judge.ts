import type { Fingerprint } from '../core/digest.js';
import type { Judge } from '../git/pack/walker-module.js';
import { KnownValues } from '../match/known-values.js';
import { judgeArchivesBy } from './archive-judge.js';
import { ContentReader, WINDOW_BYTES } from './content-reader.js';
import type { Detector } from './detectors/detector.js';
import { DetectorSet } from './detectors/detector-set.js';
import { withFilter } from './filtered-needles.js';
import type { Needles } from './needles.js';
import { scanBytes } from './scan-bytes.js';

/** What decides where the pack reader's filter cannot; can be sent to another thread, for it holds no secret. */
export interface Judging {
  readonly detectors: readonly Detector[];
  readonly hashed: ReadonlyMap<number, ReadonlySet<Fingerprint>>;
  /** As in `KnownValues`. */
  readonly longest: number;
}

export const judgingOf = ({ detectors, hashed, values }: Needles): Judging => ({
  detectors: detectors.detectors,
  hashed,
  longest: values.longest,
});

/** Values are not looked for: the filter itself finds them. */
export function judgeBy({ detectors, hashed, longest }: Judging, pepper?: Needles['pepper']): Judge {
  const needles: Needles = {
    values: new KnownValues([]),
    fingerprints: [],
    hashed,
    detectors: new DetectorSet(detectors),
    pepper,
    met: new Map(),
  };
  const reader = new ContentReader(needles);
  const wary = new ContentReader(withFilter(needles));
  const judge = (bytes: Uint8Array, isWhole: boolean): boolean => {
    // A copy: what other threads can see is nothing for every function to work on.
    const own = bytes.slice();
    if (!isWhole) return scanBytes(own, needles).length > 0;
    return (mayBeWide(own) ? wary : reader).scanWhole(own).length > 0;
  };
  return Object.assign(judge, { archives: judgeArchivesBy(needles, longest) });
}

/** The pack reader hands over whatever may be text of two bytes a character: mostly what is no text at all. */
const mayBeWide = (bytes: Uint8Array): boolean =>
  bytes.length > WINDOW_BYTES || bytes.subarray(0, 64).includes(0);
