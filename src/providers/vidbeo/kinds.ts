import type { KeyKind } from '../key-kind.js';

const GAPS = {
  project: 'Vidbeo keys belong to the account; it has no projects',
  expiresAt: 'Vidbeo keys have no expiry date',
  lastUsedAt: 'Vidbeo does not tell when a key was last used',
  format: 'Vidbeo documents no format of keys',
  reaches: 'a Vidbeo key opens the whole account',
  fingerprint: "Vidbeo shows a key's value only once, when it is created",
} as const;

export const VIDBEO_KEY: KeyKind = { kind: 'API key', scope: 'account', gaps: GAPS };
/** A type that did not exist when this was written; read like the others. */
export const VIDBEO_OTHER_KEY: KeyKind = { kind: 'key of another type', scope: 'account', gaps: GAPS };
