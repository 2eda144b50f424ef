import type { Coverage } from '../core/coverage.js';
import type { SourceStats } from '../inventory/collect.js';

/** What could not be read, and what the reading cost. */
export function coverageLines(
  coverage: readonly Coverage[],
  stats: readonly SourceStats[],
): readonly string[] {
  const holes = coverage.filter(({ status }) => status !== 'complete');
  return [
    ...stats.map(
      ({ source, requests, waitedMs }) =>
        `${source}: ${requests} requests, waited ${(waitedMs / 1000).toFixed(1)} s`,
    ),
    ...holes.map(({ source, part, status, reason }) => `${source}, ${part}: ${status}: ${reason ?? ''}`),
  ];
}
