import type { Octokit } from 'octokit';
import { z } from 'zod';
import type { GithubEntry } from './github-entry.js';
import { readItems } from './read-items.js';

export interface RepositoryAt {
  readonly owner: string;
  readonly repo: string;
}

/** A text before it is bound to its repository. `url` and `createdAt` are as GitHub says, unchecked. */
export interface Draft {
  readonly label: string;
  readonly text: string;
  readonly url: string | undefined;
  readonly createdAt: string | undefined;
}

/** One list of texts. An item that cannot be read is `undefined`. */
export interface ConversationKind {
  /** As coverage calls it. */
  readonly part: string;
  readonly isWanted: (include: GithubEntry['include']) => boolean;
  readonly drafts: (octokit: Octokit, at: RepositoryAt) => AsyncIterable<Draft | undefined>;
  /** 410 means that there are none, not that they are hidden. */
  readonly goneIsNone?: true;
}

type Pages = AsyncIterable<{ readonly data: unknown }>;

const body = z
  .string()
  .nullish()
  .transform((text) => text ?? '');
const common = {
  html_url: z.string().optional().catch(undefined),
  created_at: z.string().optional().catch(undefined),
};
const id = z.number().int().nonnegative();
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

async function* parsed<T>(pages: Pages, schema: z.ZodType<T>): AsyncGenerator<T | undefined> {
  for await (const item of readItems(pages)) yield schema.safeParse(item).data;
}

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

const PAGE = { per_page: 100 } as const;
/** Oldest first, so that what is written meanwhile comes last and moves nothing to another page. */
const ALL = { ...PAGE, state: 'all', sort: 'created', direction: 'asc' } as const;

/** The list of issues holds pull requests too; those have a list of their own. */
async function* issues(octokit: Octokit, at: RepositoryAt): AsyncGenerator<Draft | undefined> {
  for await (const item of parsed(
    octokit.paginate.iterator('GET /repos/{owner}/{repo}/issues', { ...at, ...ALL }),
    issueSchema,
  )) {
    if (item?.pull_request !== undefined) continue;
    yield item && draft(`issues/${item.number}`, `${item.title}\n\n${item.body}`, item);
  }
}

async function* pullRequests(octokit: Octokit, at: RepositoryAt): AsyncGenerator<Draft | undefined> {
  for await (const item of parsed(
    octokit.paginate.iterator('GET /repos/{owner}/{repo}/pulls', { ...at, ...ALL }),
    numberedSchema,
  )) {
    yield item && draft(`pull/${item.number}`, `${item.title}\n\n${item.body}`, item);
    if (item !== undefined) yield* reviews(octokit, at, item.number);
  }
}

/** GitHub lists reviews by pull request only. */
async function* reviews(octokit: Octokit, at: RepositoryAt, pull: number): AsyncGenerator<Draft | undefined> {
  const route = 'GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews';
  const pages = octokit.paginate.iterator(route, { ...at, ...PAGE, pull_number: pull });
  for await (const item of parsed(pages, reviewSchema)) {
    yield item &&
      draft(`pull/${pull}/reviews/${item.id}`, item.body, { ...item, created_at: item.submitted_at });
  }
}

const comments = (
  prefix: string,
  pages: (octokit: Octokit, at: RepositoryAt) => Pages,
): ConversationKind['drafts'] =>
  async function* list(octokit, at) {
    for await (const item of parsed(pages(octokit, at), commentSchema)) {
      yield item && draft(`${prefix}/${item.id}`, item.body, item);
    }
  };

async function* releases(octokit: Octokit, at: RepositoryAt): AsyncGenerator<Draft | undefined> {
  for await (const item of parsed(
    octokit.paginate.iterator('GET /repos/{owner}/{repo}/releases', { ...at, ...PAGE }),
    releaseSchema,
  )) {
    yield item && draft(`releases/${item.id}`, `${item.name} ${item.tag_name}\n\n${item.body}`, item);
  }
}

const variables = (octokit: Octokit, at: RepositoryAt): AsyncIterable<Draft | undefined> => {
  const route = 'GET /repos/{owner}/{repo}/actions/variables';
  return variableDrafts(octokit.paginate.iterator(route, { ...at, per_page: 30 }));
};

/** As an assignment, so that the name tells what the value is. */
export async function* variableDrafts(pages: Pages): AsyncGenerator<Draft | undefined> {
  for await (const item of parsed(pages, variableSchema)) {
    yield item && draft('variables', `${item.name}=${item.value}`, item);
  }
}

/** Every kind of text around a repository: one line each. */
export const CONVERSATION_KINDS: readonly ConversationKind[] = [
  { part: 'issues', isWanted: (include) => include.issues, drafts: issues, goneIsNone: true },
  {
    part: 'comments',
    isWanted: (include) => include.issues,
    drafts: comments('issues/comments', (octokit, at) =>
      octokit.paginate.iterator('GET /repos/{owner}/{repo}/issues/comments', {
        ...at,
        ...PAGE,
        sort: 'created',
        direction: 'asc',
      }),
    ),
  },
  { part: 'pull requests and reviews', isWanted: (include) => include.pullRequests, drafts: pullRequests },
  {
    part: 'review comments',
    isWanted: (include) => include.pullRequests,
    drafts: comments('pull/comments', (octokit, at) =>
      octokit.paginate.iterator('GET /repos/{owner}/{repo}/pulls/comments', {
        ...at,
        ...PAGE,
        sort: 'created',
        direction: 'asc',
      }),
    ),
  },
  {
    part: 'commit comments',
    isWanted: (include) => include.commitComments,
    drafts: comments('commits/comments', (octokit, at) =>
      octokit.paginate.iterator('GET /repos/{owner}/{repo}/comments', { ...at, ...PAGE }),
    ),
  },
  { part: 'releases', isWanted: (include) => include.releases, drafts: releases },
  { part: 'variables', isWanted: (include) => include.variables, drafts: variables },
];
