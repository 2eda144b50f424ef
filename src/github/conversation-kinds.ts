import { z } from 'zod';
import type { GithubEntry } from './github-entry.js';
import { type List, listUrl } from './list-pages.js';

/** A text before it is bound to its repository. `url` and `createdAt` are as GitHub says, unchecked. */
export interface Draft {
  readonly label: string;
  readonly text: string;
  readonly url: string | undefined;
  readonly createdAt: string | undefined;
}

/** One list of texts around a repository or an organization. */
export interface ConversationKind {
  /** As coverage calls it. */
  readonly part: string;
  readonly isWanted: (include: GithubEntry['include']) => boolean;
  /** `at`: the path of the repository or organization in the API. */
  readonly list: (at: string) => List;
  /** The text of an item; `elsewhere` when another list has it, undefined when it cannot be read. */
  readonly draft: (item: unknown) => Draft | 'elsewhere' | undefined;
  /** 410 means that there are none, not that they are hidden. */
  readonly goneIsNone?: true;
  /** Parts without which there is nothing in this one: where they were read and had no item, nobody is asked. */
  readonly below?: readonly string[];
}

const body = z
  .string()
  .nullish()
  .transform((text) => text ?? '');
const common = {
  html_url: z.string().optional().catch(undefined),
  created_at: z.string().optional().catch(undefined),
};
/** GraphQL writes large ones as texts. */
const id = z.union([
  z.number().int().nonnegative(),
  z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number),
]);
const numberedSchema = z.object({ ...common, number: id, title: z.string(), body });
const issueSchema = numberedSchema.extend({ pull_request: z.unknown().optional() });
const commentSchema = z.object({ ...common, id, body });
const reviewSchema = commentSchema.extend({ submitted_at: z.string().optional().catch(undefined) });
const releaseSchema = commentSchema.extend({ name: body, tag_name: body });
const variableSchema = z.object({
  ...common,
  name: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,254}$/),
  value: z.string(),
});

interface Common {
  readonly html_url?: string | undefined;
  readonly created_at?: string | undefined;
}

const draft = (label: string, text: string, { html_url: url, created_at: createdAt }: Common): Draft => ({
  label,
  text,
  url,
  createdAt,
});

/** Oldest first, so that what is written meanwhile comes last and moves nothing to another page. */
const OLDEST_FIRST = { sort: 'created', direction: 'asc' } as const;

/** The list of issues holds pull requests too; those have a list of their own. */
function issue(item: unknown): Draft | 'elsewhere' | undefined {
  const { data } = issueSchema.safeParse(item);
  if (data?.pull_request !== undefined) return 'elsewhere';
  return data && draft(`issues/${data.number}`, `${data.title}\n\n${data.body}`, data);
}

function pullRequest(item: unknown): Draft | undefined {
  const { data } = numberedSchema.safeParse(item);
  return data && draft(`pull/${data.number}`, `${data.title}\n\n${data.body}`, data);
}

/** The number of a listed pull request. */
export const pullNumber = (item: unknown): number | undefined => numberedSchema.safeParse(item).data?.number;

export function review(item: unknown, pull: number): Draft | undefined {
  const { data } = reviewSchema.safeParse(item);
  return (
    data && draft(`pull/${pull}/reviews/${data.id}`, data.body, { ...data, created_at: data.submitted_at })
  );
}

const comment =
  (prefix: string): ConversationKind['draft'] =>
  (item) => {
    const { data } = commentSchema.safeParse(item);
    return data && draft(`${prefix}/${data.id}`, data.body, data);
  };

function release(item: unknown): Draft | undefined {
  const { data } = releaseSchema.safeParse(item);
  return data && draft(`releases/${data.id}`, `${data.name} ${data.tag_name}\n\n${data.body}`, data);
}

/** As an assignment, so that the name tells what the value is. */
function variable(item: unknown): Draft | undefined {
  const { data } = variableSchema.safeParse(item);
  return data && draft('variables', `${data.name}=${data.value}`, data);
}

/** GitHub gives at most 30 of them at once. */
const variables = (at: string): List => ({
  url: listUrl(`${at}/actions/variables`, { per_page: '30' }),
  field: 'variables',
});

export const PULLS = {
  part: 'pull requests',
  list: (at: string): List => ({ url: listUrl(`${at}/pulls`, { state: 'all', ...OLDEST_FIRST }) }),
} as const;

/** Every list of texts around a repository: one line each. */
export const CONVERSATION_KINDS: readonly ConversationKind[] = [
  {
    part: 'issues',
    isWanted: ({ issues }) => issues,
    list: (at) => ({ url: listUrl(`${at}/issues`, { state: 'all', ...OLDEST_FIRST }) }),
    draft: issue,
    goneIsNone: true,
  },
  { ...PULLS, isWanted: ({ pullRequests }) => pullRequests, draft: pullRequest },
  {
    part: 'comments',
    isWanted: ({ issues }) => issues,
    list: (at) => ({ url: listUrl(`${at}/issues/comments`, OLDEST_FIRST) }),
    draft: comment('issues/comments'),
    below: ['issues', PULLS.part],
  },
  {
    part: 'review comments',
    isWanted: ({ pullRequests }) => pullRequests,
    list: (at) => ({ url: listUrl(`${at}/pulls/comments`, OLDEST_FIRST) }),
    draft: comment('pull/comments'),
    below: [PULLS.part],
  },
  {
    part: 'commit comments',
    isWanted: ({ commitComments }) => commitComments,
    list: (at) => ({ url: listUrl(`${at}/comments`) }),
    draft: comment('commits/comments'),
  },
  {
    part: 'releases',
    isWanted: ({ releases }) => releases,
    list: (at) => ({ url: listUrl(`${at}/releases`) }),
    draft: release,
  },
  {
    part: 'variables',
    isWanted: (include) => include.variables,
    list: variables,
    draft: variable,
  },
];

/** Every list of texts that belong to an organization and to none of its repositories. Each needs a right of its own. */
export const ORGANIZATION_KINDS: readonly ConversationKind[] = [
  {
    part: 'organization variables',
    isWanted: (include) => include.variables,
    list: variables,
    draft: variable,
  },
];
