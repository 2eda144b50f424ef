import { z } from 'zod';
import type { Draft } from './conversation-kinds.js';
import { GithubFault } from './github-fault.js';
import { graphqlQuery, type Query } from './graphql-query.js';
import type { RepositoryAt, TextAsking, TextBatch } from './text-part.js';

/** What each text has; named as in REST. */
const TEXT = 'id: databaseId body html_url: url created_at: createdAt';
const PAGE = 'pageInfo { hasNextPage endCursor }';
const comments = (more: string, replies: number): string =>
  `comments(${more}) { ${PAGE} nodes { node: id ${TEXT} replies(first: ${replies}) { ${PAGE} nodes { ${TEXT} } } } }`;

/** About six points of the 5,000 an hour: 25 discussions, each with its first comments. */
const DISCUSSIONS = `query($owner: String!, $repo: String!, $after: String) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) {
    page: discussions(first: 25, after: $after, orderBy: { field: CREATED_AT, direction: ASC }) {
      ${PAGE} nodes { number title ${TEXT} ${comments('first: 20', 10)} }
    }
  }
}`;
const COMMENTS = `query($owner: String!, $repo: String!, $number: Int!, $after: String) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) {
    discussion(number: $number) { ${comments('first: 50, after: $after', 20)} }
  }
}`;
const REPLIES = `query($node: ID!, $after: String) {
  rateLimit { cost }
  node(id: $node) {
    ... on DiscussionComment { replies(first: 100, after: $after) { ${PAGE} nodes { ${TEXT} } } }
  }
}`;

const text = z.object({
  id: z.number().int().nonnegative(),
  body: z.string(),
  html_url: z.string().optional().catch(undefined),
  created_at: z.string().optional().catch(undefined),
});
const pageInfo = z.object({ hasNextPage: z.boolean(), endCursor: z.string().max(500).nullable() });
const connection = <T extends z.ZodType>(node: T) =>
  z.object({ pageInfo, nodes: z.array(node.nullable().catch(null)) });
const replies = connection(text);
const comment = text.extend({ node: z.string().max(500), replies });
const commentList = connection(comment);
const discussionList = connection(
  text.extend({ number: z.number().int().nonnegative(), title: z.string(), comments: commentList }),
);
const discussionsAnswer = z.object({ repository: z.object({ page: discussionList }) });
const commentsAnswer = z.object({
  repository: z.object({ discussion: z.object({ comments: commentList }) }),
});
const repliesAnswer = z.object({ node: z.object({ replies }) });

type Replies = z.output<typeof replies>;
type Comments = z.output<typeof commentList>;
type Asking = Pick<TextAsking, 'octokit' | 'ctx'>;
interface Connection<T> {
  readonly pageInfo: z.output<typeof pageInfo>;
  readonly nodes: readonly (T | null)[];
}

const MAX_PAGES = 10_000;

/** The pages of a connection behind a cursor; from its start where that is null. */
async function* pagesBehind<T>(
  ask: (after: string | null) => Promise<Connection<T>>,
  start: string | null,
): AsyncGenerator<Connection<T>> {
  let after = start;
  for (let count = 0; count < MAX_PAGES; count += 1) {
    const page = await ask(after);
    yield page;
    if (!page.pageInfo.hasNextPage) return;
    after = page.pageInfo.endCursor;
  }
  throw new GithubFault('endless');
}

async function asked<T>({ octokit, ctx }: Asking, query: Query, schema: z.ZodType<T>): Promise<T> {
  const parsed = schema.safeParse(await graphqlQuery(octokit, query, ctx));
  if (!parsed.success) throw new GithubFault('malformed');
  return parsed.data;
}

/** Every discussion of a repository with its comments and their replies; only GraphQL tells them. */
export async function* discussions(asking: Asking, { owner, repo }: RepositoryAt): AsyncGenerator<TextBatch> {
  const ask = async (after: string | null): Promise<z.output<typeof discussionList>> =>
    (await asked(asking, { text: DISCUSSIONS, variables: { owner, repo, after } }, discussionsAnswer))
      .repository.page;
  for await (const { nodes } of pagesBehind(ask, null)) {
    for (const discussion of nodes) {
      if (discussion === null) {
        yield { drafts: [undefined] };
        continue;
      }
      const { number, title, body } = discussion;
      yield { drafts: [draftOf(`discussions/${number}`, { ...discussion, body: `${title}\n\n${body}` })] };
      yield* commentsOf(asking, { owner, repo, number, first: discussion.comments });
    }
  }
}

interface Discussion extends Pick<RepositoryAt, 'owner' | 'repo'> {
  readonly number: number;
  readonly first: Comments;
}

async function* commentsOf(
  asking: Asking,
  { owner, repo, number, first }: Discussion,
): AsyncGenerator<TextBatch> {
  const ask = async (after: string | null): Promise<Comments> =>
    (await asked(asking, { text: COMMENTS, variables: { owner, repo, number, after } }, commentsAnswer))
      .repository.discussion.comments;
  yield* batchesOf(asking, first);
  if (!first.pageInfo.hasNextPage) return;
  for await (const page of pagesBehind(ask, first.pageInfo.endCursor)) yield* batchesOf(asking, page);
}

async function* batchesOf(
  asking: Asking,
  { nodes }: Connection<z.output<typeof comment>>,
): AsyncGenerator<TextBatch> {
  for (const entry of nodes) {
    yield { drafts: [commentDraft(entry)] };
    if (entry !== null) yield* repliesOf(asking, entry.node, entry.replies);
  }
}

async function* repliesOf(asking: Asking, node: string, first: Replies): AsyncGenerator<TextBatch> {
  const ask = async (after: string | null): Promise<Replies> =>
    (await asked(asking, { text: REPLIES, variables: { node, after } }, repliesAnswer)).node.replies;
  yield { drafts: first.nodes.map(commentDraft) };
  if (!first.pageInfo.hasNextPage) return;
  for await (const { nodes } of pagesBehind(ask, first.pageInfo.endCursor))
    yield { drafts: nodes.map(commentDraft) };
}

const commentDraft = (entry: z.output<typeof text> | null): Draft | undefined =>
  entry === null ? undefined : draftOf(`discussions/comments/${entry.id}`, entry);

const draftOf = (label: string, { body, html_url, created_at }: z.output<typeof text>): Draft => ({
  label,
  text: body,
  url: html_url,
  createdAt: created_at,
});
