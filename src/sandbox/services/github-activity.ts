import { daysAgo } from '../as-of.js';
import { CONVERSATIONS, type ConversationList } from '../conversations/conversation.js';
import type { RepositoryPlan } from '../git/plan.js';
import type { IssueBoard } from './github-issues.js';
import { repositoryNodeId } from './github-repository.js';

/** How many there are of something, and when the newest or each of them changed last. */
const changesOf = (times: readonly string[]): object => ({
  totalCount: times.length,
  nodes: times.map((updatedAt) => ({ updatedAt })),
});

const newestOf = (times: readonly string[]): object => ({
  totalCount: times.length,
  nodes: times
    .toSorted()
    .slice(-1)
    .map((updatedAt) => ({ updatedAt })),
});

/** What changed last around a repository, as GraphQL tells it. Whatever is said below an issue or pull request is its change too. */
export function activityNode(plan: RepositoryPlan, board: IssueBoard): object {
  const times = (...lists: readonly ConversationList[]): readonly string[] =>
    CONVERSATIONS.filter(({ repository, list }) => repository === plan.name && lists.includes(list)).map(
      ({ ageDays }) => daysAgo(ageDays, 600),
    );
  const opened = board.changesOf(`${plan.owner}/${plan.name}`);
  return {
    id: repositoryNodeId(plan),
    hasIssuesEnabled: !plan.archived,
    parent: null,
    issues: newestOf([...times('issues', 'comments'), ...opened]),
    pulls: newestOf(times('pulls', 'comments', 'review-comments', 'reviews')),
    open: { totalCount: 0, nodes: [] },
    discussions: { totalCount: 0, nodes: [] },
    releases: changesOf(times('releases')),
    commitComments: changesOf(times('commit-comments')),
  };
}
