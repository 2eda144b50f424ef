import { compareText } from '../core/compare-text.js';
import type { Activity } from './activity.js';
import { type Activities, activityCosts } from './ask-activity.js';
import type { GithubEntry } from './github-entry.js';
import type { RemoteRepository } from './remote-repository.js';
import { textGroups } from './text-parts.js';
import type { Token } from './token.js';

/** What a first run over an entry costs at the least: nobody tells beforehand how many comments, reviews and logs there are. */
export interface Costs {
  /** To be cloned: repositories, wikis that may be there, and gists. */
  readonly clones: number;
  /** Of the repositories, as GitHub estimates them. */
  readonly cloneBytes: number;
  /** Questions to the API, by what they ask for; in the order of their names. */
  readonly requests: readonly { readonly part: string; readonly count: number }[];
  /** What each later run asks for in any case, to know what changed. */
  readonly changes: { readonly questions: number; readonly points: number };
}

export interface CostsRequest {
  readonly entry: GithubEntry;
  readonly token: Token;
  readonly repositories: readonly RemoteRepository[];
  /** What GitHub tells of how many texts there are. */
  readonly activities: Activities;
  /** Lists of repositories, members and gists, each at least a page of them. */
  readonly lists: number;
}

const PAGE = 100;
/** As {@link discussions} asks for them. */
const DISCUSSIONS = 25;

/** Worked out from what the lists told; sends nothing. */
export function estimateCosts({ entry, token, repositories, activities, lists }: CostsRequest): Costs {
  const groups = textGroups({ entry, token, repositories, organizations: entry.orgs });
  const counts = new Map<string, number>([['lists', Math.max(lists, Math.ceil(repositories.length / PAGE))]]);
  for (const { about, parts } of groups) {
    for (const { part } of parts)
      counts.set(part, (counts.get(part) ?? 0) + pagesOf(part, activities.get(about.name)));
  }
  const wikis = entry.include.wikis ? repositories.filter(({ hasWiki }) => hasWiki).length : 0;
  const changes = activities.size === 0 ? { questions: 0, points: 0 } : activityCosts(repositories.length);
  return {
    clones: repositories.length + wikis,
    cloneBytes: repositories.reduce((sum, { sizeKib }) => sum + sizeKib * 1024, 0),
    requests: [...counts]
      .map(([part, count]) => ({ part, count }))
      .toSorted((left, right) => compareText(left.part, right.part)),
    changes,
  };
}

/** Of one list around one repository; each has a first page. */
function pagesOf(part: string, activity: Activity | undefined): number {
  if (activity === undefined) return 1;
  const { issues, pulls, discussions, releases, commitComments } = activity.counts;
  const pages = new Map([
    // GitHub's list of issues holds pull requests too.
    ['issues', (issues + pulls) / PAGE],
    ['pull requests', pulls / PAGE],
    ['reviews', pulls / PAGE],
    ['discussions', discussions / DISCUSSIONS],
    ['releases', releases / PAGE],
    ['commit comments', commitComments / PAGE],
  ]);
  return Math.max(1, Math.ceil(pages.get(part) ?? 1));
}
