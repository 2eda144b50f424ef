import { compareText } from '../../core/compare-text.js';
import { type Finding, SEVERITIES } from '../../core/finding.js';
import type { Leak } from '../../core/leak.js';

const UNRANKED = SEVERITIES.length;

/** Leaks by the worst thing that is said about them, then by fingerprint. */
export function rankedLeaks(leaks: readonly Leak[], findings: readonly Finding[]): readonly Leak[] {
  const rank = new Map<string, number>();
  for (const { subject, severity, status } of findings) {
    if (subject.kind !== 'leak' || subject.fingerprint === undefined || status === 'suppressed') continue;
    const best = rank.get(subject.fingerprint) ?? UNRANKED;
    rank.set(subject.fingerprint, Math.min(best, SEVERITIES.indexOf(severity)));
  }
  const rankOf = (leak: Leak): number => rank.get(leak.fingerprint) ?? UNRANKED;
  return leaks.toSorted(
    (left, right) => rankOf(left) - rankOf(right) || compareText(left.fingerprint, right.fingerprint),
  );
}
