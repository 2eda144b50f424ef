import { Secret } from '../core/secret.js';

/** Keys the fingerprints of a company (HMAC), so that nobody else can compute or guess them. */
const PEPPER_VARIABLE = 'KEYAUDIT_PEPPER';

export function pepperOf(env: Readonly<Record<string, string | undefined>>): Secret | undefined {
  const value = env[PEPPER_VARIABLE];
  return value === undefined || value === '' ? undefined : Secret.of(value);
}
