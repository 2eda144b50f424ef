/** Where a GitHub's API and its repositories are; a token goes to these two origins and to no other. */
export interface GithubOrigins {
  readonly api: string;
  readonly web: string;
}

/**
 * GitHub.com and GitHub Enterprise Cloud with data residency (`api.SUBDOMAIN.ghe.com`) keep the API on a host of its own;
 * a GitHub Enterprise Server has both on one.
 */
export function githubOrigins(apiUrl: string): GithubOrigins {
  const url = new URL(apiUrl);
  const apart = url.hostname === 'api.github.com' || /^api\.[a-z0-9-]+\.ghe\.com$/.test(url.hostname);
  return { api: url.origin, web: apart ? `https://${url.host.slice('api.'.length)}` : url.origin };
}
