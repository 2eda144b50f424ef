import type { Fact } from '../core/fact.js';
import type { KeyRecord } from '../core/key.js';

/** A key's record in which everything that is unknown is as an earlier record of the same key has it. */
export function filledFrom(key: KeyRecord, earlier: KeyRecord): KeyRecord {
  return {
    ...key,
    name: known(key.name, earlier.name),
    project: known(key.project, earlier.project),
    createdAt: known(key.createdAt, earlier.createdAt),
    updatedAt: known(key.updatedAt, earlier.updatedAt),
    expiresAt: known(key.expiresAt, earlier.expiresAt),
    lastUsedAt: known(key.lastUsedAt, earlier.lastUsedAt),
    access: known(key.access, earlier.access),
    permissions: known(key.permissions, earlier.permissions),
    allowlist: known(key.allowlist, earlier.allowlist),
    anyAddress: known(key.anyAddress, earlier.anyAddress),
    createdBy: known(key.createdBy, earlier.createdBy),
    live: known(key.live, earlier.live),
    format: known(key.format, earlier.format),
    reaches: known(key.reaches, earlier.reaches),
    fingerprint: known(key.fingerprint, earlier.fingerprint),
  };
}

const known = <T>(now: Fact<T>, earlier: Fact<T>): Fact<T> => (now.state === 'unknown' ? earlier : now);
