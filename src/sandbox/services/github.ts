import type { Clock } from '../../core/run-context.js';
import type { RepositoryPlan } from '../git/plan.js';
import { ORGANIZATION, USER } from '../git/repository-list.js';
import { REPOSITORY_PLANS } from '../git/repository-plans.js';
import { defineService } from '../server/define-service.js';
import type { Answer, Exchange, RefusalStatus, Service } from '../server/exchange.js';
import { RateWindows, type RateTicket } from '../server/rate-window.js';
import type { Route } from '../server/route.js';
import { type GithubCaller, githubCaller } from './github-auth.js';
import { type Asked, type ConversationRoute, CONVERSATION_ROUTES, gistJson } from './github-conversations.js';
import { IssueBoard } from './github-issues.js';
import { conditional, githubPage } from './github-page.js';
import { repositoryJson } from './github-repository.js';

/** Documented for a token: 5,000 requests an hour. */
const LIMIT = { requests: 5_000, windowMs: 3_600_000 };

const MESSAGES = {
  400: 'Problems parsing JSON',
  401: 'Bad credentials',
  403: 'Resource not accessible by personal access token',
  404: 'Not Found',
  405: 'Method Not Allowed',
  429: 'API rate limit exceeded',
  500: 'Server Error',
} satisfies Record<RefusalStatus, string>;

const refuse = (status: RefusalStatus): Answer => ({
  status,
  headers: { 'X-GitHub-Media-Type': 'github.v3' },
  body: {
    message: MESSAGES[status],
    documentation_url: 'https://docs.github.com/rest',
    status: String(status),
  },
});

/** A fine-grained token is told which right it lacks. */
const withoutRight = (right: string): Answer => {
  const { headers, ...answer } = refuse(403);
  return { ...answer, headers: { ...headers, 'X-Accepted-GitHub-Permissions': right } };
};

const mayBeSeenBy =
  (caller: GithubCaller) =>
  (plan: RepositoryPlan): boolean =>
    plan.visibility === 'public' || caller.seesPrivate;

/** The origin of the whole sandbox: web addresses do not lie below the API. */
const originOf = ({ base }: Exchange): string => new URL(base).origin;

interface Listing {
  readonly exchange: Exchange;
  readonly owner: string | undefined;
  readonly caller: GithubCaller;
}

function listRepositories({ exchange, owner, caller }: Listing): Answer {
  const all = REPOSITORY_PLANS.filter((plan) => plan.owner === owner);
  if (all.length === 0) return refuse(404);
  const seen = all.filter(mayBeSeenBy(caller));
  return githubPage(
    exchange,
    seen.map((plan) => repositoryJson(plan, originOf(exchange))),
  );
}

function oneRepository({ exchange, owner, caller }: Listing, name: string | undefined): Answer {
  const plan = REPOSITORY_PLANS.find((entry) => entry.owner === owner && entry.name === name);
  if (plan === undefined || !mayBeSeenBy(caller)(plan)) return refuse(404);
  return conditional(exchange, { status: 200, body: repositoryJson(plan, originOf(exchange)) });
}

interface AroundRepository {
  readonly method: Route<GithubCaller>['method'];
  readonly path: string;
  /** In GitHub's words. */
  readonly right?: string;
  readonly answer: (asked: Asked, caller: GithubCaller) => Answer | Promise<Answer>;
}

/** Whoever may not see a repository may not see what is said around it. */
const aroundRepository = ({
  method,
  path,
  right = 'issues=read',
  answer,
}: AroundRepository): Route<GithubCaller> => ({
  method,
  pattern: `/repos/:owner/:name${path}`,
  answer: ({ exchange, params, caller }) => {
    const plan = REPOSITORY_PLANS.find(
      ({ owner, name }) => owner === params.get('owner') && name === params.get('name'),
    );
    if (plan === undefined || !mayBeSeenBy(caller)(plan)) return refuse(404);
    const mayRead = caller.seesTexts || right === 'contents=read';
    return mayRead ? answer({ exchange, params, plan }, caller) : withoutRight(right);
  },
});

const readable = (route: ConversationRoute): AroundRepository => ({ method: 'GET', ...route });

/** Who may see private repositories may write issues. */
const ifMember =
  (answer: AroundRepository['answer']): AroundRepository['answer'] =>
  (asked, caller) =>
    caller.seesPrivate ? answer(asked, caller) : refuse(403);

function issueRoutes(board: IssueBoard): readonly AroundRepository[] {
  return [
    { method: 'GET', path: '/issues', answer: (asked) => board.list(asked) },
    {
      method: 'POST',
      path: '/issues',
      answer: ifMember((asked, { login }) => board.open(asked, login)),
    },
    { method: 'PATCH', path: '/issues/:number', answer: ifMember((asked) => board.change(asked)) },
  ];
}

function routes(windows: RateWindows, board: IssueBoard): readonly Route<GithubCaller>[] {
  return [
    { method: 'GET', pattern: '/user', answer: ({ caller }) => userAnswer(caller) },
    { method: 'GET', pattern: '/rate_limit', answer: ({ caller }) => rateAnswer(windows, caller) },
    {
      method: 'GET',
      pattern: '/orgs/:owner',
      answer: ({ params, caller }) => organization(params.get('owner'), caller),
    },
    {
      method: 'GET',
      pattern: '/orgs/:owner/repos',
      answer: ({ exchange, params, caller }) =>
        params.get('owner') === ORGANIZATION
          ? listRepositories({ exchange, caller, owner: ORGANIZATION })
          : refuse(404),
    },
    {
      method: 'GET',
      pattern: '/users/:owner/repos',
      answer: ({ exchange, params, caller }) =>
        listRepositories({ exchange, caller, owner: params.get('owner') }),
    },
    {
      method: 'GET',
      pattern: '/repos/:owner/:name',
      answer: ({ exchange, params, caller }) =>
        oneRepository({ exchange, caller, owner: params.get('owner') }, params.get('name')),
    },
    {
      method: 'GET',
      pattern: '/users/:owner/gists',
      answer: ({ exchange, params }) =>
        githubPage(exchange, params.get('owner') === USER ? [gistJson(exchange.base, USER)] : []),
    },
    {
      method: 'GET',
      pattern: '/orgs/:owner/actions/variables',
      answer: ({ exchange, params, caller }) =>
        params.get('owner') !== ORGANIZATION || !caller.seesPrivate
          ? refuse(404)
          : !caller.seesTexts
            ? withoutRight('organization_actions_variables=read')
            : conditional(exchange, { status: 200, body: ORGANIZATION_VARIABLES }),
    },
    ...CONVERSATION_ROUTES.map(readable).map(aroundRepository),
    ...issueRoutes(board).map(aroundRepository),
  ];
}

const ORGANIZATION_VARIABLES = {
  total_count: 1,
  variables: [
    { name: 'VIDEO_REGION', value: 'eu-north', visibility: 'all', created_at: '2024-05-06T07:08:09Z' },
  ],
};

/** Only members are told how many private repositories there are. */
function organization(login: string | undefined, caller: GithubCaller): Answer {
  if (login !== ORGANIZATION) return refuse(404);
  const all = REPOSITORY_PLANS.filter((plan) => plan.owner === login);
  const open = all.filter((plan) => plan.visibility === 'public').length;
  const hidden = caller.seesPrivate ? { total_private_repos: all.length - open } : {};
  return { status: 200, body: { login, type: 'Organization', public_repos: open, ...hidden } };
}

const userAnswer = (caller: GithubCaller): Answer =>
  caller.login === '' ? refuse(401) : { status: 200, body: { login: caller.login, id: 1, type: 'User' } };

function rateAnswer(windows: RateWindows, caller: GithubCaller): Answer {
  const { used, resetsAt } = windows.take(caller.login, true);
  const core = {
    limit: LIMIT.requests,
    used,
    remaining: LIMIT.requests - used,
    reset: Math.ceil(resetsAt / 1_000),
  };
  return { status: 200, body: { resources: { core }, rate: core } };
}

function ticket(windows: RateWindows, caller: GithubCaller): RateTicket {
  const { allowed, used, resetsAt } = windows.take(caller.login);
  return {
    allowed,
    headers: {
      'X-RateLimit-Limit': String(LIMIT.requests),
      'X-RateLimit-Remaining': String(Math.max(0, LIMIT.requests - used)),
      'X-RateLimit-Used': String(used),
      'X-RateLimit-Reset': String(Math.ceil(resetsAt / 1_000)),
      'X-RateLimit-Resource': 'core',
    },
  };
}

/** GitHub's REST API, below the path that a GitHub Enterprise Server has. */
export function githubService(clock: Pick<Clock, 'now'>, board = new IssueBoard(clock)): Service {
  const windows = new RateWindows(LIMIT, clock);
  return defineService<GithubCaller>({
    name: 'github',
    prefix: '/github/api/v3',
    authenticate: githubCaller,
    limit: (caller) => ticket(windows, caller),
    routes: routes(windows, board),
    refuse,
  });
}
