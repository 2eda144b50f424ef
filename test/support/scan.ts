import type { Candidate, Place } from '../../src/core/leak.js';
import type { RunContext } from '../../src/core/run-context.js';
import type { ScanTarget } from '../../src/core/scan-target.js';
import { Secret } from '../../src/core/secret.js';
import { loadDetectors } from '../../src/leaks/detectors/load-detectors.js';
import type { KnownKey } from '../../src/leaks/needles.js';
import { type ScanResult, scanTargets } from '../../src/leaks/scan-targets.js';

export const quietContext: RunContext = {
  signal: new AbortController().signal,
  clock: { now: () => 0, sleep: () => Promise.resolve() },
  progress: { note: () => undefined, detail: () => undefined },
};

export const localTarget = (path: string, name = 'repo'): ScanTarget => ({
  name,
  path,
  visibility: 'local',
  fork: false,
  closedAt: undefined,
  webUrl: undefined,
});

export const knownKey = (value: string): KnownKey => ({
  fingerprint: Secret.of(value).fingerprint(),
  secret: Secret.of(value),
});

/** Scans folders with the shipped detectors. @param manyValues from how many known values on they are looked for as many */
export async function scan(
  paths: readonly string[],
  known: readonly KnownKey[] = [],
  manyValues?: number,
): Promise<ScanResult> {
  const targets = paths.map((path, i) => localTarget(path, i === 0 ? 'repo' : `repo-${i}`));
  const detectors = await loadDetectors(['rules/detectors']);
  return scanTargets({ targets, known, detectors, manyValues }, quietContext);
}

/** What a test asks of a place. */
export function placesOf(candidates: readonly Candidate[], value: string): readonly Place[] {
  const fingerprint = Secret.of(value).fingerprint();
  return candidates.find((candidate) => candidate.fingerprint === fingerprint)?.places ?? [];
}
