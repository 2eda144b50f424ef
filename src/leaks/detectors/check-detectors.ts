import type { Detector } from './detector.js';
import { DetectorSet } from './detector-set.js';

/** An example that a detector should have found something in, or nothing. Its text may hold a key, and is not told. */
export interface FailedExample {
  readonly detector: string;
  readonly failure: string;
}

/** Runs the examples of the user's own detectors. */
export function checkDetectors(detectors: readonly Detector[]): readonly FailedExample[] {
  return detectors.flatMap((detector) => {
    const set = new DetectorSet([detector]);
    const finds = (example: string): boolean => set.detect(Buffer.from(example)).length > 0;
    const { positive, negative } = detector.examples;
    return [
      ...positive.flatMap((example, at) =>
        finds(example) ? [] : [`positive example ${at + 1}: found nothing`],
      ),
      ...negative.flatMap((example, at) =>
        finds(example) ? [`negative example ${at + 1}: found a key`] : [],
      ),
    ].map((failure) => ({ detector: detector.id, failure }));
  });
}
