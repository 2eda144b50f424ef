import type { Octokit } from 'octokit';
import { type Activity, ACTIVITY_CONNECTIONS, ACTIVITY_FIELDS, parseActivity } from './activity.js';
import { failureReason } from './failure-reason.js';
import { githubClient } from './github-client.js';
import type { GithubContext } from './github-context.js';
import type { GithubEntry } from './github-entry.js';
import { GithubFault } from './github-fault.js';
import { type GraphqlAnswer, graphqlAnswer } from './graphql-query.js';
import type { RemoteRepository } from './remote-repository.js';
import type { Tally } from './tally.js';
import type { Token } from './token.js';

/** By a repository's name. */
export type Activities = ReadonlyMap<string, Activity>;

export interface ActivityRequest {
  readonly entry: GithubEntry;
  readonly token: Token;
  readonly repositories: readonly RemoteRepository[];
  readonly tally?: Tally;
  readonly retryUnitMs?: number;
}

/** GitHub takes 100 ids; half of them leaves time for large repositories, for it gives an answer ten seconds. */
const PAGE_SIZE = 50;
const QUERY = `query($ids: [ID!]!) { rateLimit { cost } nodes(ids: $ids) { ... on Repository { ${ACTIVITY_FIELDS} } } }`;

/** What asking about so many repositories costs: GitHub counts a point for a hundred connections, and at least one. */
export function activityCosts(repositories: number): { readonly questions: number; readonly points: number } {
  const questions = Math.ceil(repositories / PAGE_SIZE);
  const points = questions * Math.max(1, Math.round((1 + PAGE_SIZE * ACTIVITY_CONNECTIONS) / 100));
  return { questions, points };
}

/**
 * Asks what changed last around repositories, many of them with each question. About those of which GitHub does not tell, be it
 * for want of a right or because it is an older server, nothing is known, and their lists are asked for themselves.
 */
export async function askActivity(request: ActivityRequest, ctx: GithubContext): Promise<Activities> {
  const { entry, token, repositories } = request;
  const names = new Map<string, string>();
  for (const { nodeId, name } of repositories) if (nodeId !== undefined) names.set(nodeId, name);
  const found = new Map<string, Activity>();
  // GraphQL takes no question without a token.
  if (token === undefined || !isOfUse(entry)) return found;
  const octokit = githubClient({ ...request, apiUrl: entry.apiUrl, token, asksOnly: true }, ctx);
  const pages = pagesOf([...names.keys()], PAGE_SIZE);
  for (let ids = pages.shift(); ids !== undefined; ids = pages.shift()) {
    const answer = await askPage(octokit, ids, ctx);
    if (answer === 'never') return found;
    // What was too much for one answer may do for two.
    if (answer === 'too much')
      pages.unshift(...(ids.length > 1 ? pagesOf(ids, Math.ceil(ids.length / 2)) : []));
    else for (const told of tellingNodes(answer, ctx)) found.set(names.get(told.nodeId) ?? '', told.activity);
  }
  return found;
}

const isOfUse = ({ include }: GithubEntry): boolean =>
  include.issues || include.pullRequests || include.commitComments || include.releases || include.discussions;

const pagesOf = (ids: readonly string[], size: number): string[][] =>
  Array.from({ length: Math.ceil(ids.length / size) }, (_, at) => ids.slice(at * size, (at + 1) * size));

async function askPage(
  octokit: Octokit,
  ids: readonly string[],
  ctx: GithubContext,
): Promise<GraphqlAnswer | 'never' | 'too much'> {
  try {
    return await graphqlAnswer(octokit, { text: QUERY, variables: { ids } }, ctx);
  } catch (error) {
    ctx.signal.throwIfAborted();
    failureReason(error); // throws what is no answer of GitHub's
    const status = error instanceof Error && 'status' in error ? error.status : undefined;
    const isTooMuch = error instanceof GithubFault ? error.kind === 'timed-out' : status === 502;
    return isTooMuch ? 'too much' : 'never';
  }
}

/** Those without any error in them. */
function tellingNodes({ data, errors }: GraphqlAnswer, { clock }: Pick<GithubContext, 'clock'>) {
  const nodes = typeof data === 'object' && data !== null && 'nodes' in data ? data.nodes : undefined;
  if (!Array.isArray(nodes)) return [];
  const faulty = new Set(errors.map(nodeAt));
  // An error that names no place may be about any of them.
  if (faulty.has(undefined)) return [];
  return nodes.flatMap((node: unknown, at) =>
    faulty.has(at) ? [] : (parseActivity(node, clock.now()) ?? []),
  );
}

function nodeAt(error: unknown): number | undefined {
  const path = typeof error === 'object' && error !== null && 'path' in error ? error.path : undefined;
  const [field, at]: readonly unknown[] = Array.isArray(path) ? path : [];
  return field === 'nodes' && typeof at === 'number' ? at : undefined;
}
