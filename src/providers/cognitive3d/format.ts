import type { Secret } from '../../core/secret.js';
import type { Authorization } from '../../http/authorization.js';

/** Keys issued since May 2025 carry it as a part of themselves. */
const CURRENT_PREFIX = 'orgkey-';
/** What stands before a legacy key in the header. People copy it along with the key. */
const LEGACY_SCHEMES = { organization: 'APIKEY:ORGANIZATION ', domain: 'APIKEY:DOMAIN ' } as const;

export type Format = 'current' | 'legacy';

/** A declared key's value without the header's scheme word, and how it is sent. */
export function readFormat(
  written: Secret,
  scope: keyof typeof LEGACY_SCHEMES,
): { readonly secret: Secret; readonly format: Format; readonly authorization: Authorization } {
  const secret = Object.values(LEGACY_SCHEMES).reduce((rest, scheme) => rest.without(scheme), written);
  const format = secret.startsWith(CURRENT_PREFIX) ? 'current' : 'legacy';
  const prefix = format === 'current' ? '' : LEGACY_SCHEMES[scope];
  return { secret, format, authorization: { scheme: 'prefix', prefix, secret } };
}
