import { z } from 'zod';
import type { Instant } from '../core/instant.js';
import type { Visibility } from '../core/leak.js';
import { isOwnerName, isRepositoryName } from './repository-name.js';

/** A repository on a GitHub, as its API lists it. */
export interface RemoteRepository {
  readonly kind: 'repository' | 'wiki' | 'gist';
  /** `owner/name`, checked: fit for paths and URLs. */
  readonly name: string;
  /** `https://HOST/owner/name.git`, on the GitHub's own origin, without user or query. */
  readonly cloneUrl: string;
  /** Where its files and commits are shown; undefined where the host has no pages for them. */
  readonly webUrl: string | undefined;
  readonly visibility: Visibility;
  readonly archived: boolean;
  /** Undefined where GitHub does not tell. */
  readonly fork: boolean | undefined;
  /** GitHub's number for it, or the id of a gist; it outlives renaming. Undefined where GitHub does not tell. */
  readonly id: string | undefined;
  /** What GraphQL calls it; undefined where GitHub does not tell. */
  readonly nodeId: string | undefined;
  /** As in a `Place`. */
  readonly closedAt: Instant | undefined;
  /** GitHub has locked it; nobody can clone it. */
  readonly disabled: boolean;
  readonly defaultBranch: string;
  readonly hasWiki: boolean;
  readonly hasDiscussions: boolean;
  /** When something was pushed last, in GitHub's own words; undefined where it does not tell. */
  readonly pushedAt: string | undefined;
  /** As GitHub estimates it; 0 where it does not tell. For the order of work only. */
  readonly sizeKib: number;
}

const schema = z.object({
  id: z.int().positive().optional().catch(undefined),
  node_id: z
    .string()
    .regex(/^[A-Za-z0-9+/=_-]{1,200}$/)
    .optional()
    .catch(undefined),
  name: z.string().refine(isRepositoryName),
  owner: z.object({ login: z.string().refine(isOwnerName) }),
  private: z.boolean(),
  visibility: z.enum(['public', 'internal', 'private']).optional().catch(undefined),
  archived: z.boolean(),
  fork: z.boolean(),
  disabled: z.boolean().catch(false),
  clone_url: z.string().max(2_000),
  default_branch: z.string().max(1_000).catch('main'),
  has_wiki: z.boolean().catch(true),
  has_discussions: z.boolean().catch(false),
  pushed_at: z.string().max(40).optional().catch(undefined),
  size: z.number().nonnegative().catch(0),
});

/** Checks one listed repository. @returns what is wrong with it, as a sentence, where it cannot be used. */
export function parseRepository(
  item: unknown,
  webOrigin: string,
): { readonly value: RemoteRepository; readonly kept: unknown } | string {
  const parsed = schema.safeParse(item);
  if (!parsed.success) return `a listed repository lacks what a clone needs: ${faultyFields(parsed.error)}`;
  const { data } = parsed;
  const name = `${data.owner.login}/${data.name}`;
  const webUrl = checkedUrl(data.clone_url, { webOrigin, name });
  if (webUrl === undefined) return `the clone address of ${name} is not where its API is; check apiUrl`;
  const value: RemoteRepository = {
    kind: 'repository',
    name,
    cloneUrl: `${webUrl}.git`,
    webUrl,
    visibility: data.visibility ?? (data.private ? 'private' : 'public'),
    archived: data.archived,
    fork: data.fork,
    id: data.id === undefined ? undefined : String(data.id),
    nodeId: data.node_id,
    closedAt: undefined,
    disabled: data.disabled,
    defaultBranch: data.default_branch,
    hasWiki: data.has_wiki,
    hasDiscussions: data.has_discussions,
    pushedAt: data.pushed_at,
    sizeKib: data.size,
  };
  return { value, kept: data };
}

/** Our own field names, never what stood there. */
const faultyFields = (error: z.ZodError): string =>
  error.issues.map((issue) => issue.path.join('.')).join(', ');

/** The token goes to the clone address, so that must be on the GitHub's own origin and be that repository's. */
function checkedUrl(text: string, expected: { webOrigin: string; name: string }): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const isPlain = url.username === '' && url.password === '' && url.search === '' && url.hash === '';
  if (url.origin !== expected.webOrigin || !isPlain) return undefined;
  return url.pathname.endsWith(`/${expected.name}.git`) ? url.href.slice(0, -'.git'.length) : undefined;
}
