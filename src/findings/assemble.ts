import { compareText } from '../core/compare-text.js';
import type { Evaluation, Observation } from '../core/evaluation.js';
import type { Finding, FindingStatus } from '../core/finding.js';
import type { Instant } from '../core/instant.js';
import type { Suppression } from '../core/policy.js';
import { goneFromBaseline } from './baseline.js';
import { fingerprintOf, furtherFingerprint } from './fingerprint.js';
import { compareFindings } from './order.js';
import { type Suppressed, suppress } from './suppress.js';

export interface FindingPolicy {
  readonly asOf: Instant;
  readonly suppressions: readonly Suppression[];
  /** Whether every source and repository could be read; true unless given. */
  readonly complete?: boolean;
  /** Ids of findings that were accepted as known. */
  readonly knownIds?: ReadonlySet<string> | undefined;
}

/** Observations as findings: identified, labelled and in their total order. None is dropped. */
export function toFindings(evaluation: Evaluation, policy: FindingPolicy): Suppressed {
  const taken = new Set<string>();
  const findings = inStableOrder(evaluation.observations).map((observation) => {
    const id = freeId(observation, taken);
    taken.add(id);
    return toFinding(observation, id, policy.knownIds?.has(id) === true ? 'known' : 'new');
  });
  const labelled = suppress(findings, policy.suppressions, {
    asOf: policy.asOf,
    complete: policy.complete ?? true,
  });
  return {
    findings: labelled.findings.toSorted(compareFindings),
    notes: [...labelled.notes, ...goneNotes(findings, policy)],
  };
}

/** What an incomplete audit misses may be there all the same. */
function goneNotes(
  findings: readonly Finding[],
  { knownIds, complete = true }: FindingPolicy,
): readonly string[] {
  const gone = knownIds === undefined || !complete ? 0 : goneFromBaseline(knownIds, findings).length;
  if (gone === 0) return [];
  const which = gone === 1 ? '1 finding of the baseline is' : `${gone} findings of the baseline are`;
  return [`${which} gone: \`keyaudit baseline\` takes them out of it.`];
}

/** Which of two findings with the same rule and subject gets the plain id must not depend on the input's order. */
function inStableOrder(observations: readonly Observation[]): readonly Observation[] {
  return observations.toSorted(
    (left, right) =>
      compareText(left.subject.fingerprint ?? '', right.subject.fingerprint ?? '') ||
      compareText(left.message, right.message),
  );
}

function freeId({ rule, subject }: Observation, taken: ReadonlySet<string>): string {
  const plain = fingerprintOf(rule.id, subject);
  let id = plain;
  for (let ordinal = 2; taken.has(id); ordinal += 1) id = furtherFingerprint(plain, subject, ordinal);
  return id;
}

function toFinding(observation: Observation, id: string, status: FindingStatus): Finding {
  const { rule, severity, verdict, subject, message, owner, places, fix } = observation;
  const { confidence = rule.confidence } = observation;
  return {
    id,
    rule: rule.id,
    severity,
    confidence,
    verdict,
    subject,
    message,
    owner,
    status,
    places,
    fix,
  };
}
