import { digestOf } from '../core/digest.js';
import type { Subject } from '../core/finding.js';

/** Part of every digest, so that another way to identify findings can never be mistaken for this one. */
const SCHEME = 'keyauditFinding/v1';
const ID_LENGTH = 32;

/**
 * A finding's id: 32 hex digits over the rule and whom it is about. Nothing that moves goes in (no line, commit,
 * path, name or date), so moving, renaming and rebasing change no id.
 */
export function fingerprintOf(rule: string, subject: Subject): string {
  return digestOf(SCHEME, rule, subject.kind, ...identityOf(subject)).slice(0, ID_LENGTH);
}

/** A further id for a finding whose rule and subject another finding already has: one key that has two values. */
export function furtherFingerprint(taken: string, subject: Subject, ordinal: number): string {
  return digestOf(SCHEME, taken, subject.fingerprint ?? '', String(ordinal)).slice(0, ID_LENGTH);
}

/**
 * A string that belongs to no key is itself the identity: the repository of its first place may change. The leak of a key
 * is that of one value: the next value under the same id leaks anew.
 */
function identityOf(subject: Subject): readonly string[] {
  if (isUnregistered(subject)) return [subject.id];
  const { kind, source, id, fingerprint } = subject;
  return kind === 'leak' && fingerprint !== undefined ? [source, id, fingerprint] : [source, id];
}

/** The subject is a leaked string that is no key of the inventory. */
export const isUnregistered = (subject: Subject): boolean =>
  subject.kind === 'leak' && subject.fingerprint === subject.id;
