import type { Fingerprint } from '../core/digest.js';
import type { Judge, JudgeArchives, Look } from '../git/pack/walker-module.js';
import { KnownValues } from '../match/known-values.js';
import { unpackerOf } from './archives/archive-kind.js';
import { LIMITS } from './archives/entry.js';
import { PackedReader } from './archives/packed-reader.js';
import { runToEnd } from './archives/steps.js';
import { ContentReader, WINDOW_BYTES } from './content-reader.js';
import type { Detector } from './detectors/detector.js';
import { DetectorSet } from './detectors/detector-set.js';
import { withFilter } from './filtered-needles.js';
import type { Needles, ValueSearch } from './needles.js';
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

/** Larger ones are opened by one thread alone, in steps: each takes several times its size of memory. */
const MAX_OPENED = 4 * 1024 * 1024;
/** What unpacks to more takes long, and nothing can stop it here. */
const MAX_UNPACKED = 64 * 1024 * 1024;

function judgeArchivesBy(needles: Needles, longest: number): JudgeArchives {
  let look: Look = () => 'value';
  let mayHoldValue = false;
  let unpacked = 0;
  const values: ValueSearch = {
    longest,
    literals: needles.values.literals,
    tables: () => [],
    // Who has no values can still tell where one may be.
    findAll: (bytes) => {
      mayHoldValue ||= look(bytes) === 'value';
    },
  };
  const make = (): PackedReader =>
    new PackedReader({ ...needles, values, mayHold: (bytes) => look(bytes) !== undefined });
  let reader = make();
  const judge = (bytes: Uint8Array, lookNow: Look): boolean => {
    if (bytes.length > MAX_OPENED) return true;
    if (unpackerOf(bytes) === undefined) return false;
    if (unpacked >= LIMITS.runBytes) return true;
    [look, mayHoldValue] = [lookNow, false];
    const before = reader.gaps.since([]);
    // A copy: what other threads can see is nothing for every function to work on.
    const own = Buffer.from(bytes);
    const hits = runToEnd(reader.scan(own, () => '', MAX_UNPACKED));
    const needsMore = mayHoldValue || hits.length > 0 || reader.gaps.since(before).length > 0;
    unpacked += reader.takeUnpacked();
    // It would take for clean what may hold a value, for it told of none.
    if (mayHoldValue) reader = make();
    return needsMore;
  };
  const takeUnpacked = (): number => {
    const taken = unpacked;
    unpacked = 0;
    return taken;
  };
  return Object.assign(judge, { takeUnpacked, maxUnpacked: LIMITS.runBytes });
}

/** The pack reader hands over whatever may be text of two bytes a character: mostly what is no text at all. */
const mayBeWide = (bytes: Uint8Array): boolean =>
  bytes.length > WINDOW_BYTES || bytes.subarray(0, 64).includes(0);
