import { compareText } from '../../core/compare-text.js';
import { type Finding, SEVERITIES } from '../../core/finding.js';
import type { Leak } from '../../core/leak.js';

const UNRANKED = SEVERITIES.length;

/** Leaks by the worst thing that is said about them; then public ones first, then what has been out there longest. */
export function rankedLeaks(leaks: readonly Leak[], findings: readonly Finding[]): readonly Leak[] {
  const rank = new Map<string, number>();
  for (const { subject, severity, status } of findings) {
    if (subject.kind !== 'leak' || subject.fingerprint === undefined || status === 'suppressed') continue;
    const best = rank.get(subject.fingerprint) ?? UNRANKED;
    rank.set(subject.fingerprint, Math.min(best, SEVERITIES.indexOf(severity)));
  }
  const sortKeys = new Map(
    leaks.map((leak) => [leak, sortKeyOf(leak, rank.get(leak.fingerprint) ?? UNRANKED)]),
  );
  return leaks.toSorted((left, right) => compareText(sortKeys.get(left) ?? '', sortKeys.get(right) ?? ''));
}

/** One text that sorts as leaks should; a place without a date sorts last. */
function sortKeyOf({ places, fingerprint }: Leak, rank: number): string {
  const open = places.some(({ visibility }) => visibility === 'public') ? 0 : 1;
  const since = places.map(({ firstSeen }) => firstSeen ?? '~').toSorted(compareText)[0] ?? '~';
  return [rank, open, since, fingerprint].join(' ');
}
