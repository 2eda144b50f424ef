import type { Finding } from '../core/finding.js';
import type { Instant } from '../core/instant.js';
import type { Suppression } from '../core/policy.js';
import { whyNotInForce } from './suppression-check.js';

export interface Suppressed {
  /** All findings that were given, in their order; suppressed ones are labelled, none is dropped. */
  readonly findings: readonly Finding[];
  /** What is wrong with suppressions, in words, in the order in which they were written. */
  readonly notes: readonly string[];
}

export interface SuppressionDay {
  readonly asOf: Instant;
  /** False when something could not be read: a finding that is missing then may be there all the same. */
  readonly complete: boolean;
}

/** Labels findings that somebody decided to live with. Subjects match exactly; there are no patterns. */
export function suppress(
  findings: readonly Finding[],
  suppressions: readonly Suppression[],
  { asOf, complete }: SuppressionDay,
): Suppressed {
  const inForce = new Map<string, Suppression>();
  const notes: string[] = [];
  const present = new Set(findings.map((finding) => keyOf(finding.rule, subjectText(finding))));
  for (const suppression of suppressions) {
    const key = keyOf(suppression.rule, suppression.subject);
    const problem = whyNotInForce(suppression, asOf);
    const note = noteOn({ problem, used: present.has(key), duplicate: inForce.has(key), complete });
    if (note !== undefined) notes.push(`${labelOf(suppression)} ${note}.`);
    if (problem === undefined && !inForce.has(key)) inForce.set(key, suppression);
  }
  return { findings: findings.map((finding) => labelled(finding, inForce)), notes };
}

/** How a suppression names a finding's subject. */
export const subjectText = (finding: Finding): string => `${finding.subject.source}/${finding.subject.id}`;

interface Use {
  readonly problem: string | undefined;
  readonly used: boolean;
  readonly duplicate: boolean;
  readonly complete: boolean;
}

function noteOn({ problem, used, duplicate, complete }: Use): string | undefined {
  if (problem !== undefined) {
    return used
      ? `does not count, ${problem}: its finding is back`
      : `does not count, ${problem}; it matches no finding either: remove it`;
  }
  if (!used && !complete)
    return 'matches no finding of this incomplete audit: look again after a complete one';
  if (!used) return 'matches no finding: remove it';
  return duplicate ? 'repeats an earlier one: remove one of the two' : undefined;
}

function labelled(finding: Finding, inForce: ReadonlyMap<string, Suppression>): Finding {
  const suppression = inForce.get(keyOf(finding.rule, subjectText(finding)));
  if (suppression === undefined) return finding;
  const { reason, statement, owner, expires } = suppression;
  return { ...finding, status: 'suppressed', suppression: { reason, statement, owner, expires } };
}

const labelOf = ({ rule, subject, at }: Suppression): string =>
  `The suppression of ${rule} for ${subject} (${at.file}:${at.line})`;

const keyOf = (rule: string, subject: string): string => `${rule}\n${subject}`;
