import { REPOSITORY_PLANS } from '../git/repository-plans.js';
import type { RepositoryPlan } from '../git/plan.js';
import { defineService } from '../server/define-service.js';
import type { Answer, Exchange, RefusalStatus, Service } from '../server/exchange.js';
import { readJsonBody } from '../server/read-body.js';
import { type GithubCaller, githubCaller } from './github-auth.js';
import { activityNode } from './github-activity.js';
import { pullReviews } from './github-conversations.js';
import type { IssueBoard } from './github-issues.js';
import { repositoryNodeId } from './github-repository.js';

interface Asked {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

const refuse = (status: RefusalStatus): Answer => ({ status, body: { message: `refused: ${status}` } });
/** As GitHub does: what is wrong stands in an answer of status 200. */
const failed = (type: string): Answer => ({
  status: 200,
  body: { data: null, errors: [{ type, message: `refused: ${type}` }] },
});
const END = { hasNextPage: false, endCursor: null };

/**
 * GitHub's GraphQL API, as far as it is asked here: what changed last around repositories, the reviews of pull requests, and
 * discussions, of which there are none.
 */
export const githubGraphqlService = (board: IssueBoard): Service =>
  defineService<GithubCaller>({
    name: 'github',
    prefix: '/github/api',
    authenticate: githubCaller,
    routes: [
      {
        method: 'POST',
        pattern: '/graphql',
        answer: ({ exchange, caller }) => answer(exchange, caller, board),
      },
    ],
    refuse,
  });

async function answer(exchange: Exchange, caller: GithubCaller, board: IssueBoard): Promise<Answer> {
  // Whoever has no token is told nothing at all.
  if (caller.login === '') return refuse(401);
  const asked = await askedIn(exchange);
  if (asked === undefined) return refuse(400);
  const { owner, repo, ids } = asked.variables;
  if (Array.isArray(ids)) return activity(ids, caller, board);
  const plan = REPOSITORY_PLANS.find((entry) => entry.owner === owner && entry.name === repo);
  if (plan === undefined || (plan.visibility !== 'public' && !caller.seesPrivate)) return failed('NOT_FOUND');
  if (!caller.seesTexts) return failed('FORBIDDEN');
  if (asked.query.includes('discussions(')) return { status: 200, body: discussions() };
  return asked.query.includes('reviews(') ? reviews(exchange, plan) : failed('UNKNOWN');
}

async function askedIn({ request }: Exchange): Promise<Asked | undefined> {
  const data = await readJsonBody(request);
  if (typeof data !== 'object' || data === null || !('query' in data) || !('variables' in data)) return;
  const { query, variables } = data;
  if (typeof query !== 'string' || typeof variables !== 'object' || variables === null) return;
  return { query, variables: Object.fromEntries(Object.entries(variables)) };
}

/** GitHub's own counting: a point for a hundred connections. */
const rateLimit = { cost: 1 };

function activity(ids: readonly unknown[], caller: GithubCaller, board: IssueBoard): Answer {
  const plans = ids.map((id) => REPOSITORY_PLANS.find((plan) => repositoryNodeId(plan) === id));
  const mayTell = (plan: RepositoryPlan | undefined): plan is RepositoryPlan =>
    plan !== undefined && caller.seesTexts && (plan.visibility === 'public' || caller.seesPrivate);
  const nodes = plans.map((plan) => (mayTell(plan) ? activityNode(plan, board) : null));
  const errors = plans.flatMap((plan, at) =>
    mayTell(plan) ? [] : [{ type: plan === undefined ? 'NOT_FOUND' : 'FORBIDDEN', path: ['nodes', at] }],
  );
  const data = { rateLimit, nodes };
  return { status: 200, body: errors.length === 0 ? { data } : { data, errors } };
}

const discussions = (): object => ({ data: { repository: { page: { pageInfo: END, nodes: [] } } } });

function reviews(exchange: Exchange, plan: RepositoryPlan): Answer {
  const nodes = pullReviews(exchange, plan).map(({ number, list }) => ({
    number,
    reviews: { pageInfo: END, nodes: list },
  }));
  return { status: 200, body: { data: { repository: { pullRequests: { pageInfo: END, nodes } } } } };
}
