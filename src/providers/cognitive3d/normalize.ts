import { keyId, type SourceId, vendorId } from '../../core/brand.js';
import type { Fingerprint } from '../../core/digest.js';
import { type Fact, known, unknown } from '../../core/fact.js';
import type { Declaration, KeyRecord } from '../../core/key.js';
import { keyRecord } from '../key-kind.js';
import type { Format } from './format.js';
import { DOMAIN_KEY, ORGANIZATION_KEY } from './kinds.js';
import type { Probe } from './probe.js';
import type { DeclaredKey } from './source.js';

export const COGNITIVE3D = vendorId('cognitive3d');

export interface LearntKey extends Probe {
  readonly format: Format | undefined;
  readonly fingerprint: Fact<Fingerprint>;
}

/** A declared key and what was learnt of it. What nobody declared is unknown: there is nobody else to ask. */
export function declaredRecord(source: SourceId, key: DeclaredKey, learnt: LearntKey): KeyRecord {
  const format = learnt.format ?? key.format;
  return keyRecord(key.scope === 'domain' ? DOMAIN_KEY : ORGANIZATION_KEY, {
    source,
    id: keyId(key.id),
    vendor: COGNITIVE3D,
    usedByAudit: false,
    declared: declarationOf(key),
    facts: {
      name: known(key.name ?? key.id),
      createdAt: orUndeclared(key.issued, 'issued'),
      access: orUndeclared(key.access, 'access'),
      anyAddress: known(true),
      live: learnt.live,
      format: orUndeclared(format, 'format'),
      reaches: learnt.reaches,
      fingerprint: learnt.fingerprint,
    },
  });
}

const orUndeclared = <T>(value: T | undefined, field: string): Fact<T> =>
  value === undefined
    ? unknown(`Cognitive3D does not tell, and the configuration does not declare \`${field}\``)
    : known(value);

const declarationOf = (key: DeclaredKey): Declaration => ({
  owner: key.owner,
  system: key.system,
  purpose: undefined,
  access: key.access,
  environment: undefined,
  reviewBy: undefined,
  expires: undefined,
  status: undefined,
  at: undefined,
});
