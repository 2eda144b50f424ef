import type { Secret } from '../core/secret.js';

/** How a vendor wants its key. */
export type Authorization =
  | { readonly scheme: 'basic'; readonly secret: Secret }
  /** The secret is the password of a user that everybody knows. */
  | { readonly scheme: 'basic-password'; readonly user: string; readonly secret: Secret }
  | { readonly scheme: 'bearer'; readonly secret: Secret }
  /** The key behind a fixed text, which may be empty. */
  | { readonly scheme: 'prefix'; readonly prefix: string; readonly secret: Secret };

/** The header's value: as secret as the key, so it is made at the moment of sending and kept nowhere. */
export function authorizationHeader(authorization: Authorization): string {
  const value = authorization.secret.reveal();
  switch (authorization.scheme) {
    case 'basic': // RFC 7617: the key is the user name, the password is empty.
      return `Basic ${Buffer.from(`${value}:`, 'utf8').toString('base64')}`;
    case 'basic-password':
      return `Basic ${Buffer.from(`${authorization.user}:${value}`, 'utf8').toString('base64')}`;
    case 'bearer':
      return `Bearer ${value}`;
    case 'prefix':
      return authorization.prefix + value;
  }
}
