import { compareText } from '../core/compare-text.js';
import { type Finding, SEVERITIES, type Subject } from '../core/finding.js';
import type { Instant } from '../core/instant.js';
import { type KeyRecord, keyRefText } from '../core/key.js';
import type { Leak } from '../core/leak.js';
import type { Risk } from '../core/risk.js';
import { isUnregistered } from './fingerprint.js';
import { type RiskMark, riskMarks } from './risk-marks.js';

export interface RiskInput {
  /** In their order: worst first. */
  readonly findings: readonly Finding[];
  readonly keys: readonly KeyRecord[];
  readonly leaks: readonly Leak[];
  readonly asOf: Instant;
}

/**
 * Findings about one key together, the worst combination first: by the severity of the worst finding, then mark by mark
 * ({@link riskMarks}), then by the number of findings. The order explains; it gates nothing.
 */
export function riskOrder({ findings, keys, leaks, asOf }: RiskInput): readonly Risk[] {
  const keysByRef = new Map(keys.map((key) => [keyRefText(key), key]));
  const leaksByRef = leaksBySubject(leaks);
  const ranked = [...groupsOf(findings).entries()].map(([ref, [first, ...others]]) => {
    const stranger = isUnregistered(first.subject);
    const key = first.subject.kind === 'source' ? undefined : keysByRef.get(ref);
    const own = leaksByRef.get(stranger ? first.subject.id : ref) ?? [];
    const marks = riskMarks({ key, leaks: own, owner: first.owner, stranger, asOf });
    return { ref, marks, risk: riskOf([first, ...others], marks) };
  });
  return ranked.sort(compareRanked).map(({ risk }) => risk);
}

type Group = [Finding, ...Finding[]];

function groupsOf(findings: readonly Finding[]): ReadonlyMap<string, Group> {
  const groups = new Map<string, Group>();
  for (const finding of findings) {
    if (finding.verdict !== 'fail' || finding.status === 'suppressed') continue;
    const ref = refOf(finding.subject);
    const group = groups.get(ref);
    if (group === undefined) groups.set(ref, [finding]);
    else group.push(finding);
  }
  return groups;
}

// A project and a key may have the same id; a string that is no key is the same wherever it stands.
function refOf(subject: Subject): string {
  if (isUnregistered(subject)) return `string ${subject.id}`;
  return subject.kind === 'source'
    ? `project ${subject.source}/${subject.id}`
    : `${subject.source}/${subject.id}`;
}

function leaksBySubject(leaks: readonly Leak[]): ReadonlyMap<string, readonly Leak[]> {
  const bySubject = new Map<string, Leak[]>();
  for (const leak of leaks) {
    const refs = leak.keys.length === 0 ? [leak.fingerprint] : leak.keys.map(keyRefText);
    for (const ref of refs) {
      const own = bySubject.get(ref);
      if (own === undefined) bySubject.set(ref, [leak]);
      else own.push(leak);
    }
  }
  return bySubject;
}

function riskOf(group: Group, marks: readonly RiskMark[]): Risk {
  const [first] = group;
  return {
    subject: plainSubject(first.subject),
    owner: first.owner,
    severity: first.severity,
    because: marks.flatMap(({ words }) => words ?? []),
    findings: group.map(({ id }) => id),
  };
}

/** A leaked key is that key: the leak is one of the reasons. */
function plainSubject(subject: Subject): Subject {
  if (subject.kind !== 'leak' || isUnregistered(subject)) return subject;
  const { fingerprint: _leaked, ...key } = subject;
  return { ...key, kind: 'key' };
}

interface Ranked {
  readonly ref: string;
  readonly marks: readonly RiskMark[];
  readonly risk: Risk;
}

function compareRanked(left: Ranked, right: Ranked): number {
  return (
    SEVERITIES.indexOf(left.risk.severity) - SEVERITIES.indexOf(right.risk.severity) ||
    compareMarks(left.marks, right.marks) ||
    right.risk.findings.length - left.risk.findings.length ||
    compareText(left.ref, right.ref)
  );
}

function compareMarks(left: readonly RiskMark[], right: readonly RiskMark[]): number {
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const difference = (right[index]?.weight ?? 0) - (left[index]?.weight ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
