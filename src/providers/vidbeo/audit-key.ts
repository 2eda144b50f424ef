import { keyId, type SourceId } from '../../core/brand.js';
import { known, unknown } from '../../core/fact.js';
import type { KeyRecord } from '../../core/key.js';
import type { Secret } from '../../core/secret.js';
import type { Listing } from '../../http/paginate.js';
import { keyRecord } from '../key-kind.js';
import { reasonOf } from '../list-coverage.js';
import { VIDBEO_KEY } from './kinds.js';
import { VIDBEO } from './normalize.js';

export interface AuditKey {
  readonly source: SourceId;
  readonly secret: Secret;
  readonly auditKeyId: string | undefined;
  readonly pepper: Secret | undefined;
  readonly listing: Listing<unknown>;
}

export interface MarkedKeys {
  readonly keys: readonly KeyRecord[];
  readonly auditKey: KeyRecord;
  readonly problems: readonly string[];
}

/** Marks the key that the audit itself uses, or adds a record for it where nobody knows which one it is. */
export function markAuditKey(keys: readonly KeyRecord[], audit: AuditKey): MarkedKeys {
  const listed = keys.find((key) => key.id === audit.auditKeyId);
  if (listed === undefined) {
    const auditKey = unlisted(audit);
    const mistaken = audit.auditKeyId !== undefined && audit.listing.failure === undefined;
    const problems = mistaken
      ? ['the key that `auditKeyId` names is not in the list: correct the configuration']
      : [];
    return { keys: [auditKey, ...keys], auditKey, problems };
  }
  const fingerprint = known(audit.secret.fingerprint(audit.pepper));
  const auditKey: KeyRecord = { ...listed, usedByAudit: true, fingerprint };
  return { keys: keys.map((key) => (key === listed ? auditKey : key)), auditKey, problems: [] };
}

function unlisted({ source, secret, pepper, listing }: AuditKey): KeyRecord {
  const { failure, items } = listing;
  const record = {
    source,
    id: keyId('audit-credential'),
    vendor: VIDBEO,
    usedByAudit: true,
    declared: undefined,
    facts: {
      live: failure === undefined || items.length > 0 ? known(true) : unknown(reasonOf(failure)),
      fingerprint: known(secret.fingerprint(pepper)),
    },
  };
  const otherwise =
    "Vidbeo does not tell which listed key the audit's credential is: set `auditKeyId` to its id";
  return keyRecord(VIDBEO_KEY, record, otherwise);
}
