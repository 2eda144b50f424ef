import { type Fact, notApplicable, unknown } from '../core/fact.js';
import type { KeyRecord, KeyScope } from '../core/key.js';

/** What is a fact about a key, by name. */
export type KeyFacts = {
  [Name in keyof KeyRecord as KeyRecord[Name] extends Fact<unknown> ? Name : never]: KeyRecord[Name];
};
export type KeyFactName = keyof KeyFacts;

/** A kind of key as its vendor has it; the gaps are what nobody can learn of such a key there, each with its reason. */
export interface KeyKind {
  readonly kind: string;
  readonly scope: KeyScope;
  readonly gaps: Partial<Readonly<Record<KeyFactName, string>>>;
}

const NAMES = Object.keys({
  name: 0,
  project: 0,
  createdAt: 0,
  updatedAt: 0,
  expiresAt: 0,
  lastUsedAt: 0,
  access: 0,
  permissions: 0,
  allowlist: 0,
  anyAddress: 0,
  createdBy: 0,
  live: 0,
  format: 0,
  reaches: 0,
  fingerprint: 0,
} satisfies Record<KeyFactName, 0>);

type Given = Omit<KeyRecord, KeyFactName | 'kind' | 'scope'>;

/**
 * A key's record: what was learnt, else the gap of its kind, else `otherwise`. Nothing is ever filled in.
 * @param otherwise why the remaining facts are unknown
 */
export function keyRecord(
  kind: KeyKind,
  given: Given & { readonly facts: Partial<KeyFacts> },
  otherwise = 'the vendor was not asked for it',
): KeyRecord {
  const { facts, ...rest } = given;
  const absent: Fact<never> = unknown(otherwise);
  const gaps = Object.entries(kind.gaps).map(([name, reason]) => [name, notApplicable(reason)] as const);
  const nothing = Object.fromEntries(NAMES.map((name) => [name, absent]));
  // `nothing` has every fact's name: the table above is checked against KeyRecord.
  const base = { ...nothing, ...Object.fromEntries(gaps) } as Record<KeyFactName, Fact<never>>;
  return { ...rest, kind: kind.kind, scope: kind.scope, ...base, ...facts };
}
