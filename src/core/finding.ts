import type { Confidence, Place } from './leak.js';

export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const;
export type Severity = (typeof SEVERITIES)[number];

export const VERDICTS = ['fail', 'pass', 'unknown', 'not-applicable'] as const;
export type Verdict = (typeof VERDICTS)[number];

export type SubjectKind = 'key' | 'leak' | 'source';

/** Whom a finding is about. */
export interface Subject {
  readonly kind: SubjectKind;
  /** The configured source; for a leak of an unregistered string, the repository of its first place. */
  readonly source: string;
  /** The key's id, the project's id, or the fingerprint of an unregistered string. */
  readonly id: string;
  readonly vendor?: string;
  /** The key's or project's name, for people. Untrusted text. */
  readonly name?: string;
  /** The project that the key belongs to, for people. Untrusted text. */
  readonly project?: string;
  /** For leaks: the fingerprint of the string. */
  readonly fingerprint?: string;
}

export type FindingStatus = 'new' | 'known' | 'suppressed';

export interface Finding {
  /** 32 hex digits, stable across runs: rule and subject, nothing that moves (no line, commit, path, date). */
  readonly id: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** `pass` and `not-applicable` are counted, never listed. */
  readonly verdict: 'fail' | 'unknown';
  readonly subject: Subject;
  readonly message: string;
  readonly owner: string | null;
  readonly status: FindingStatus;
  /** Where the key register or the repositories show it. Empty for a key without a line anywhere. */
  readonly places: readonly Place[];
  /** The next step, with the vendor's exact request; no key value. */
  readonly fix: string;
  /** Why it is suppressed; present when `status` is `suppressed`. */
  readonly suppression?: {
    readonly reason: string;
    readonly statement: string;
    readonly owner: string;
    readonly expires: string;
  };
}
