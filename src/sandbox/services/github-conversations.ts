import { daysAgo } from '../as-of.js';
import { type Conversation, CONVERSATIONS, type ConversationList } from '../conversations/conversation.js';
import type { RepositoryPlan } from '../git/plan.js';
import { GIST_ID } from '../git/side-plans.js';
import type { Answer, Exchange } from '../server/exchange.js';
import type { Params } from '../server/route.js';
import { conditional, githubPage } from './github-page.js';

export interface Asked {
  readonly exchange: Exchange;
  readonly plan: RepositoryPlan;
  readonly params: Params;
}

/** A list around a repository, at its path below `/repos/:owner/:name`. */
export interface ConversationRoute {
  readonly path: string;
  /** In GitHub's words. */
  readonly right: string;
  readonly answer: (asked: Asked) => Answer;
}

const of = (plan: RepositoryPlan, list: ConversationList): readonly Conversation[] =>
  CONVERSATIONS.filter((entry) => entry.repository === plan.name && entry.list === list);

/** What all texts have; `where` is their address below the repository's page. */
function textJson({ exchange, plan }: Asked, { id, body, by, ageDays }: Conversation, where: string): object {
  const web = `${new URL(exchange.base).origin}/github/${plan.owner}/${plan.name}`;
  const at = daysAgo(ageDays, 600).replace('.000Z', 'Z');
  return { id, body, user: { login: by.login }, html_url: `${web}/${where}`, created_at: at, updated_at: at };
}

export interface NumberedJson {
  readonly number: number | undefined;
  readonly title: string;
  readonly state: string;
}

/** The planned issues and pull requests of a repository. */
export const numberedTexts = (asked: Asked): readonly NumberedJson[] =>
  [...of(asked.plan, 'issues'), ...of(asked.plan, 'pulls')].map((entry) => numberedJson(asked, entry));

/** An issue or a pull request; GitHub's list of issues holds both, and marks the latter. */
function numberedJson(asked: Asked, entry: Conversation): NumberedJson {
  const { number, title } = entry;
  const isPull = entry.list === 'pulls';
  const json = textJson(asked, entry, `${isPull ? 'pull' : 'issues'}/${number}`);
  return {
    ...json,
    number,
    title,
    state: 'closed',
    ...(isPull ? { pull_request: { url: `pulls/${number}` } } : {}),
  };
}

const texts =
  (list: ConversationList, where: (entry: Conversation) => string): ConversationRoute['answer'] =>
  (asked) =>
    githubPage(
      asked.exchange,
      of(asked.plan, list).map((entry) => textJson(asked, entry, where(entry))),
    );

function variables({ exchange, plan }: Asked): Answer {
  const list = of(plan, 'variables').map(({ title, body, ageDays }) => ({
    name: title,
    value: body,
    created_at: daysAgo(ageDays).replace('.000Z', 'Z'),
  }));
  return conditional(exchange, { status: 200, body: { total_count: list.length, variables: list } });
}

export const CONVERSATION_ROUTES: readonly ConversationRoute[] = [
  {
    path: '/issues/comments',
    right: 'issues=read; pull_requests=read',
    answer: texts('comments', ({ number, id }) => `issues/${number}#issuecomment-${id}`),
  },
  {
    path: '/pulls',
    right: 'pull_requests=read',
    answer: (asked) =>
      githubPage(
        asked.exchange,
        of(asked.plan, 'pulls').map((entry) => numberedJson(asked, entry)),
      ),
  },
  {
    path: '/pulls/comments',
    right: 'pull_requests=read',
    answer: texts('review-comments', ({ number, id }) => `pull/${number}#discussion_r${id}`),
  },
  {
    path: '/pulls/:number/reviews',
    right: 'pull_requests=read',
    answer: texts('reviews', ({ number, id }) => `pull/${number}#pullrequestreview-${id}`),
  },
  {
    path: '/comments',
    right: 'contents=read',
    answer: texts('commit-comments', ({ id }) => `commit/main#commitcomment-${id}`),
  },
  { path: '/releases', right: 'contents=read', answer: texts('releases', ({ id }) => `releases/${id}`) },
  { path: '/actions/variables', right: 'actions_variables=read', answer: variables },
];

export interface PullReviews {
  readonly number: number;
  readonly list: readonly object[];
}

/** Each pull request with its reviews, as GraphQL tells them. */
export const pullReviews = (exchange: Exchange, plan: RepositoryPlan): readonly PullReviews[] =>
  of(plan, 'pulls').map(({ number }) => ({
    number,
    list: of(plan, 'reviews')
      .filter((entry) => entry.number === number)
      .map((entry) => {
        const where = `pull/${number}#pullrequestreview-${entry.id}`;
        const asked = { exchange, plan, params: new Map<string, string>() };
        const json = textJson(asked, entry, where);
        const at = daysAgo(entry.ageDays, 600).replace('.000Z', 'Z');
        return { ...json, id: String(entry.id), submitted_at: at };
      }),
  }));

/** The one gist of the sandbox, as its owner's list shows it. */
export function gistJson(base: string, owner: string): object {
  const web = `${new URL(base).origin}/github/gist/${GIST_ID}`;
  return {
    id: GIST_ID,
    public: true,
    owner: { login: owner },
    html_url: web,
    git_pull_url: `${web}.git`,
    files: {},
  };
}
