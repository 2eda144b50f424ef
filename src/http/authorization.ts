import { createSign } from 'node:crypto';
import type { Secret } from '../core/secret.js';

/** How a vendor wants its key. */
export type Authorization =
  | { readonly scheme: 'basic'; readonly secret: Secret }
  /** The secret is the password of a user that everybody knows. */
  | { readonly scheme: 'basic-password'; readonly user: string; readonly secret: Secret }
  | { readonly scheme: 'bearer'; readonly secret: Secret }
  /** The key behind a fixed text, which may be empty. */
  | { readonly scheme: 'prefix'; readonly prefix: string; readonly secret: Secret }
  /** A statement of claims (RFC 7519), signed with the secret, an RSA key in PEM (RFC 7518: RS256). */
  | {
      readonly scheme: 'signed';
      readonly claims: Readonly<Record<string, string | number>>;
      readonly secret: Secret;
    };

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
    case 'signed':
      return `Bearer ${signedClaims(authorization.claims, value)}`;
  }
}

/** @throws the crypto library's error for what is no RSA key. */
function signedClaims(claims: Readonly<Record<string, string | number>>, privateKey: string): string {
  const parts = [{ alg: 'RS256', typ: 'JWT' }, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  );
  const text = parts.join('.');
  return `${text}.${createSign('RSA-SHA256').update(text).sign(privateKey).toString('base64url')}`;
}
