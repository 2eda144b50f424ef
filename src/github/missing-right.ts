import { headerOf } from './header-of.js';

/** `issues=read`, and several of them: GitHub's own words, nobody else's. */
const PERMISSIONS = /^[a-z_]{1,60}=(?:read|write|admin)(?:[,;] ?[a-z_]{1,60}=(?:read|write|admin)){0,20}$/;
const SCOPES = /^[a-z_:]{1,60}(?:, [a-z_:]{1,60}){0,20}$/;

/**
 * Which right a refused request needs, where GitHub tells: of a fine-grained token or an app in
 * `X-Accepted-GitHub-Permissions`, of a classic token by its scopes, of single sign-on in `X-GitHub-SSO`.
 * @param headers of the refusal, with names in lower case
 */
export function missingRight(headers: unknown): string | undefined {
  if (headerOf(headers, 'x-github-sso')?.startsWith('required') === true)
    return "authorise the token for the organization's single sign-on";
  const scopes = headerOf(headers, 'x-oauth-scopes');
  return scopes === undefined ? permission(headers) : scope(headers, scopes);
}

export const needsRight = (right: string): string => `it needs the right ${right}`;

/** Either of those that `;` divides is enough; those that a comma divides are needed together. */
function permission(headers: unknown): string | undefined {
  const accepted = headerOf(headers, 'x-accepted-github-permissions');
  if (accepted === undefined || !PERMISSIONS.test(accepted)) return undefined;
  const named = accepted.split(/; ?/).map((group) =>
    group
      .split(/, ?/)
      .map((one) => one.replace('=', ': '))
      .join(' and '),
  );
  return needsRight(named.join(', or '));
}

function scope(headers: unknown, given: string): string | undefined {
  const accepted = headerOf(headers, 'x-accepted-oauth-scopes');
  if (accepted === undefined || !SCOPES.test(accepted)) return undefined;
  const wanted = accepted.split(', ');
  const owned = given.split(',').map((one) => one.trim());
  return wanted.some((one) => owned.includes(one))
    ? undefined
    : `the token has not the scope ${wanted.join(' or ')}`;
}
