import { z } from 'zod';
import { isOwnerName } from './repository-name.js';
import type { RemoteRepository } from './remote-repository.js';

const schema = z.object({
  id: z.string().regex(/^[A-Za-z0-9]{1,64}$/),
  owner: z.object({ login: z.string().refine(isOwnerName) }),
  public: z.boolean(),
  git_pull_url: z.string().max(2_000),
  updated_at: z.string().max(40).optional().catch(undefined),
});

/** Checks one listed gist, which is a git repository of its own. @returns what is wrong with it, where it cannot be used. */
export function parseGist(
  item: unknown,
  webOrigin: string,
): { readonly value: RemoteRepository; readonly kept: unknown } | string {
  const { data } = schema.safeParse(item);
  if (data === undefined) return 'a listed gist lacks what a clone needs';
  const cloneUrl = checkedUrl(data.git_pull_url, { webOrigin, id: data.id });
  if (cloneUrl === undefined) return 'the clone address of a gist is not where gists are; check apiUrl';
  const value: RemoteRepository = {
    kind: 'gist',
    name: `${data.owner.login}/gist-${data.id}`,
    cloneUrl,
    webUrl: undefined,
    visibility: data.public ? 'public' : 'private',
    archived: false,
    // GitHub tells it of a single gist only.
    fork: undefined,
    id: data.id,
    nodeId: undefined,
    closedAt: undefined,
    disabled: false,
    // GitHub tells no branch; new gists have this one.
    defaultBranch: 'main',
    hasWiki: false,
    hasDiscussions: false,
    pushedAt: data.updated_at,
    sizeKib: 0,
  };
  return { value, kept: data };
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
