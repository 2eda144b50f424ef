import type { Octokit } from 'octokit';
import { z } from 'zod';
import { type Draft, PULLS, pullNumber, review } from './conversation-kinds.js';
import { GithubFault } from './github-fault.js';
import { graphqlQuery } from './graphql-query.js';
import { listItems, listUrl } from './list-pages.js';
import type { RepositoryAt, TextAsking, TextBatch } from './text-part.js';

/** A hundred pull requests cost one request and two points; by REST each of them is a request of its own. */
const QUERY = `query($owner: String!, $repo: String!, $after: String) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) {
    pullRequests(first: 100, after: $after) {
      pageInfo { hasNextPage endCursor }
      nodes {
        number
        reviews(first: 50) {
          pageInfo { hasNextPage }
          nodes { id: fullDatabaseId body html_url: url submitted_at: submittedAt }
        }
      }
    }
  }
}`;

const nullable = <T extends z.ZodType>(items: T) => z.array(items.nullable());
const answerSchema = z.object({
  repository: z.object({
    pullRequests: z.object({
      pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().max(500).nullable() }),
      nodes: nullable(
        z.object({
          number: z.number().int().nonnegative(),
          reviews: z.object({
            pageInfo: z.object({ hasNextPage: z.boolean() }),
            nodes: z.array(z.unknown()),
          }),
        }),
      ),
    }),
  }),
});
const MAX_PAGES = 10_000;

/** The reviews of all pull requests of a repository, through GraphQL, which takes no request without a token. */
export async function* reviewsByGraphql(
  { octokit, ctx }: Pick<TextAsking, 'octokit' | 'ctx'>,
  { owner, repo, path }: RepositoryAt,
): AsyncGenerator<TextBatch> {
  let after: string | null = null;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const answer = await graphqlQuery(octokit, { text: QUERY, variables: { owner, repo, after } }, ctx);
    const parsed = answerSchema.safeParse(answer);
    if (!parsed.success) throw new GithubFault('malformed');
    const { nodes, pageInfo } = parsed.data.repository.pullRequests;
    for (const pull of nodes) {
      if (pull === null) yield { drafts: [undefined] };
      else if (pull.reviews.pageInfo.hasNextPage) yield* reviewsOf(octokit, path, pull.number);
      else yield { drafts: pull.reviews.nodes.map((node) => review(node, pull.number)) };
    }
    if (!pageInfo.hasNextPage) return;
    after = pageInfo.endCursor;
  }
  throw new GithubFault('endless');
}

/** The same through REST, which lists reviews by pull request only: a request for each of them. */
export async function* reviewsByRest(
  { octokit }: Pick<TextAsking, 'octokit'>,
  { path }: RepositoryAt,
): AsyncGenerator<TextBatch> {
  for await (const item of listItems(PULLS.list(path), octokit)) {
    const number = pullNumber(item);
    if (number === undefined) yield { drafts: [undefined] };
    else yield* reviewsOf(octokit, path, number);
  }
}

async function* reviewsOf(octokit: Octokit, path: string, pull: number): AsyncGenerator<TextBatch> {
  const drafts: (Draft | undefined)[] = [];
  for await (const item of listItems({ url: listUrl(`${path}/pulls/${pull}/reviews`) }, octokit))
    drafts.push(review(item, pull));
  yield { drafts };
}
