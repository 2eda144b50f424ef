import type { KeyId, SourceId, VendorId } from './brand.js';
import type { Fingerprint } from './digest.js';
import type { Fact } from './fact.js';
import type { Instant } from './instant.js';

export type Access = 'read' | 'write';
export type KeyScope = 'upload' | 'project' | 'account' | 'organization' | 'domain';

/** Names one key of one source. */
export interface KeyRef {
  readonly source: SourceId;
  readonly id: KeyId;
}

/** One key as its vendor (or the configuration) describes it. Never holds the value: that is in the `KeyRing`. */
export interface KeyRecord extends KeyRef {
  readonly vendor: VendorId;
  /** What the vendor calls this kind of key: `project key`, `admin key`, `upload token`, … */
  readonly kind: string;
  readonly scope: KeyScope;
  readonly name: Fact<string>;
  /** The project that the key belongs to, where the vendor has projects. */
  readonly project: Fact<{ readonly id: string; readonly name: string }>;
  readonly createdAt: Fact<Instant>;
  readonly updatedAt: Fact<Instant>;
  readonly expiresAt: Fact<Instant | 'never'>;
  readonly lastUsedAt: Fact<Instant | 'never'>;
  readonly access: Fact<Access>;
  /** As the vendor lists them; the empty list means what it means to that vendor. */
  readonly permissions: Fact<readonly string[]>;
  /** Addresses and ranges as the vendor lists them. The empty list means any address. */
  readonly allowlist: Fact<readonly string[]>;
  /** Whether any address may use the key; known for vendors without an allowlist too (always). */
  readonly anyAddress: Fact<boolean>;
  /** The vendor's id of the user who made it. */
  readonly createdBy: Fact<string>;
  readonly live: Fact<boolean>;
  readonly format: Fact<'current' | 'legacy'>;
  /** Names of what the key opens (projects, scenes), where the vendor tells. */
  readonly reaches: Fact<readonly string[]>;
  readonly fingerprint: Fact<Fingerprint>;
  /** The audit itself uses this key. */
  readonly usedByAudit: boolean;
  /** What people wrote down about it, in the configuration or the key register. */
  readonly declared: Declaration | undefined;
}

/** What only people know about a key. `undefined` = not written down. */
export interface Declaration {
  readonly owner: string | undefined;
  readonly system: string | undefined;
  readonly purpose: string | undefined;
  readonly access: Access | undefined;
  readonly environment: string | undefined;
  readonly reviewBy: Instant | undefined;
  readonly expires: Instant | undefined;
  readonly status: 'active' | 'retired' | undefined;
  /** Where it is written: a file and a line (from 1), for reports. */
  readonly at: { readonly file: string; readonly line: number } | undefined;
}

/** A container of keys at a vendor. */
export interface ProjectRecord {
  readonly source: SourceId;
  readonly vendor: VendorId;
  readonly id: string;
  readonly name: Fact<string>;
  readonly createdAt: Fact<Instant>;
  readonly deleted: Fact<boolean>;
  /** When the vendor will delete it; `never` when no deletion is planned. */
  readonly deletesAt: Fact<Instant | 'never'>;
  readonly keyCount: Fact<number>;
  /** What was delivered, one entry a day (30 days). */
  readonly delivery: Fact<readonly UsageDay[]>;
  /** What is stored, one entry a day (30 days); cumulative, not per day. */
  readonly hosting: Fact<readonly UsageDay[]>;
}

export interface UsageDay {
  /** `YYYY-MM-DD`. */
  readonly collectedOn: string;
  readonly minutes: number;
}

/** One text for a key reference, usable as a map key. */
export const keyRefText = (ref: KeyRef): string => `${ref.source}/${ref.id}`;
