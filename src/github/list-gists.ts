import type { Octokit } from 'octokit';
import { z } from 'zod';
import { isOwnerName } from './repository-name.js';
import type { RemoteRepository } from './remote-repository.js';

const schema = z.object({
  id: z.string().regex(/^[A-Za-z0-9]{1,64}$/),
  owner: z.object({ login: z.string().refine(isOwnerName) }),
  public: z.boolean(),
  git_pull_url: z.string().max(2_000),
});

export const gistPages = (octokit: Octokit, username: string): AsyncIterable<{ readonly data: unknown }> =>
  octokit.paginate.iterator('GET /users/{username}/gists', { username, per_page: 100 });

/** Checks one listed gist, which is a git repository of its own. @returns what is wrong with it, where it cannot be used. */
export function parseGist(item: unknown, webOrigin: string): RemoteRepository | string {
  const { data } = schema.safeParse(item);
  if (data === undefined) return 'a listed gist lacks what a clone needs';
  const cloneUrl = checkedUrl(data.git_pull_url, { webOrigin, id: data.id });
  if (cloneUrl === undefined) return 'the clone address of a gist is not where gists are; check apiUrl';
  return {
    kind: 'gist',
    name: `${data.owner.login}/gist-${data.id}`,
    cloneUrl,
    webUrl: undefined,
    visibility: data.public ? 'public' : 'private',
    archived: false,
    fork: false,
    disabled: false,
    // GitHub tells no branch; new gists have this one.
    defaultBranch: 'main',
    hasWiki: false,
    pushedAt: undefined,
    sizeKib: 0,
  };
}

/** On the GitHub's own origin, or on github.com's host for gists, which gets no token. */
function checkedUrl(text: string, { webOrigin, id }: { webOrigin: string; id: string }): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const origins = [webOrigin, webOrigin.replace('://', '://gist.')];
  const isPlain = url.username === '' && url.password === '' && url.search === '' && url.hash === '';
  return origins.includes(url.origin) && isPlain && url.pathname.endsWith(`/${id}.git`)
    ? url.href
    : undefined;
}
