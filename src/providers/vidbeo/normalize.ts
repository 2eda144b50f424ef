import { z } from 'zod';
import { keyId, type SourceId, vendorId } from '../../core/brand.js';
import { type Fact, flatMapFact, known, mapFact, unknown } from '../../core/fact.js';
import type { Access, KeyRecord } from '../../core/key.js';
import { type FieldLog, instantSchema, textSchema } from '../field-log.js';
import { keyRecord } from '../key-kind.js';
import type { Identified } from '../read-page.js';
import { VIDBEO_KEY, VIDBEO_OTHER_KEY } from './kinds.js';
import { PERMISSION_READ } from './schema.js';

export const VIDBEO = vendorId('vidbeo');

const textsSchema = z.array(z.string().max(200)).max(10_000);

/** One listed key. A missing field is unknown: read as an empty list it would be the widest grant. */
export function readKey({ id, record }: Identified, source: SourceId, log: FieldLog): KeyRecord {
  const permissions = log.read(record, 'permissions', textsSchema);
  const allowlist = log.read(record, 'ips', textsSchema);
  const type = log.read(record, 'type', textSchema);
  const kind = type.state === 'known' && type.value !== 'api' ? VIDBEO_OTHER_KEY : VIDBEO_KEY;
  return keyRecord(kind, {
    source,
    id: keyId(id),
    vendor: VIDBEO,
    usedByAudit: false,
    declared: undefined,
    facts: {
      name: log.read(record, 'name', textSchema),
      createdAt: log.read(record, 'created_time', instantSchema),
      updatedAt: log.readOptional(record, 'updated_time', instantSchema),
      access: flatMapFact(permissions, accessOf),
      permissions,
      allowlist,
      anyAddress: mapFact(allowlist, (entries) => entries.length === 0),
      createdBy: log.readOptional(record, 'created_by', textSchema),
      live: known(true),
    },
  });
}

/** Fails closed: a permission that nobody here has heard of may be one to write. */
function accessOf(permissions: readonly string[]): Fact<Access> {
  if (permissions.length === 0) return known('write');
  const strange = permissions.find((permission) => permission !== PERMISSION_READ);
  if (strange === undefined) return known('read');
  return unknown(
    `the vendor lists a permission that the audit does not know: ${JSON.stringify(strange.slice(0, 40))}`,
  );
}
