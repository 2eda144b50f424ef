import type { Instant } from './instant.js';
import type { KeyRef } from './key.js';

/** A key as drift speaks of it. Name and project are untrusted text, absent where nobody knows them. */
export interface DriftedKey extends KeyRef {
  readonly vendor: string;
  readonly name?: string;
  readonly project?: string;
}

/** What changed about a key. `before` and `after` are for people. */
export interface KeyChange {
  readonly kind: 'access-widened' | 'network-widened' | 'renamed' | 'owner-changed';
  /** For a wider network: how many entries the list had. Empty for an owner: nobody was written down. */
  readonly before: string;
  /** For a wider network: the entries that hold new addresses, or `any address`. */
  readonly after: string;
}

/** What changed since an earlier inventory, among sources that were read completely both times. By source and id. */
export interface Drift {
  /** When the oldest of what is compared with was read. */
  readonly since: Instant;
  readonly sources: readonly string[];
  readonly appeared: readonly DriftedKey[];
  readonly gone: readonly DriftedKey[];
  readonly changed: readonly (DriftedKey & { readonly changes: readonly KeyChange[] })[];
}
