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
    const used = present.has(key);
    const note = noteOn({ problem, used, duplicate: inForce.has(key), complete });
    const meant = used ? '' : meantText(leaksOf(suppression, findings));
    if (note !== undefined) notes.push(`${labelOf(suppression)} ${note}${meant}.`);
    if (problem === undefined && !inForce.has(key)) inForce.set(key, suppression);
  }
  return { findings: findings.map((finding) => labelled(finding, inForce)), notes };
}

/**
 * How a suppression names a finding's subject. The leak of a key names the string too: another one that leaks under the
 * same key, such as the next value, must show.
 */
export function subjectText({ subject }: Pick<Finding, 'subject'>): string {
  const { kind, source, id, fingerprint } = subject;
  const named = `${source}/${id}`;
  return kind === 'leak' && fingerprint !== undefined && fingerprint !== id
    ? `${named}/${fingerprint}`
    : named;
}

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

/** The leaks of the key that a suppression names without the string. */
const leaksOf = ({ rule, subject }: Suppression, findings: readonly Finding[]): readonly string[] =>
  findings.flatMap((finding) =>
    finding.rule === rule && `${finding.subject.source}/${finding.subject.id}` === subject
      ? [subjectText(finding)]
      : [],
  );

const meantText = ([first, ...others]: readonly string[]): string =>
  first === undefined
    ? ''
    : `; the leak of a key is named with its string: ${first}${others.length === 0 ? '' : ` (and ${others.length} more)`}`;

function labelled(finding: Finding, inForce: ReadonlyMap<string, Suppression>): Finding {
  const suppression = inForce.get(keyOf(finding.rule, subjectText(finding)));
  if (suppression === undefined) return finding;
  const { reason, statement, owner, expires } = suppression;
  return { ...finding, status: 'suppressed', suppression: { reason, statement, owner, expires } };
}

const labelOf = ({ rule, subject, at }: Suppression): string =>
  `The suppression of ${rule} for ${subject} (${at.file}:${at.line})`;

const keyOf = (rule: string, subject: string): string => `${rule}\n${subject}`;
