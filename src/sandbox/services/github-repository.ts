import type { Instant } from '../../core/instant.js';
import { daysAgo } from '../as-of.js';
import { drawInt } from '../draw.js';
import type { RepositoryPlan } from '../git/plan.js';
import { WIKI_OF } from '../git/side-plans.js';
import { ORGANIZATION, REPOSITORY_SKETCHES } from '../git/repository-list.js';

const FIRST_ID = 481_700;

/** A repository as GitHub's REST API describes it, as far as clients of an audit read it. */
export function repositoryJson(plan: RepositoryPlan, origin: string): object {
  const fullName = `${plan.owner}/${plan.name}`;
  const web = `${origin}/github/${fullName}`;
  const age = ages(plan);
  return {
    id: repositoryId(plan),
    node_id: repositoryNodeId(plan),
    name: plan.name,
    full_name: fullName,
    owner: { login: plan.owner, type: plan.owner === ORGANIZATION ? 'Organization' : 'User' },
    private: plan.visibility !== 'public',
    visibility: plan.visibility,
    description: plan.description,
    fork: plan.fork,
    archived: plan.archived,
    disabled: false,
    default_branch: 'main',
    // In KiB; 0 = nothing was ever pushed.
    size: plan.commits.length === 0 ? 0 : 8 + drawInt(`size ${plan.name}`, 900),
    html_url: web,
    url: `${origin}/github/api/v3/repos/${fullName}`,
    clone_url: `${web}.git`,
    has_issues: !plan.archived,
    has_wiki: plan.name === WIKI_OF,
    has_discussions: false,
    created_at: seconds(age.first),
    updated_at: seconds(age.last),
    pushed_at: seconds(age.last),
  };
}

const repositoryId = (plan: RepositoryPlan): number =>
  FIRST_ID + REPOSITORY_SKETCHES.findIndex(({ owner, name }) => owner === plan.owner && name === plan.name);

/** What GraphQL calls it. */
export const repositoryNodeId = (plan: RepositoryPlan): string => `R_sandbox${repositoryId(plan)}`;

function ages(plan: RepositoryPlan): { readonly first: Instant; readonly last: Instant } {
  const days = plan.commits.map((commit) => commit.ageDays);
  return {
    first: daysAgo(Math.max(20, ...days)),
    last: daysAgo(days.length === 0 ? 20 : Math.min(...days), 1_100),
  };
}

/** GitHub writes times without a fraction. */
const seconds = (instant: Instant): string => instant.replace('.000Z', 'Z');
