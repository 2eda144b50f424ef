import type { Octokit } from 'octokit';
import type { Draft } from './conversation-kinds.js';
import { variableDrafts } from './conversation-kinds.js';
import type { GithubEntry } from './github-entry.js';

/** One list of texts that belong to an organization and to none of its repositories. */
export interface OrganizationKind {
  /** As coverage calls it. */
  readonly part: string;
  readonly isWanted: (include: GithubEntry['include']) => boolean;
  readonly drafts: (octokit: Octokit, org: string) => AsyncIterable<Draft | undefined>;
}

/** Every kind of text around an organization: one line each. Its variables need a right of their own. */
export const ORGANIZATION_KINDS: readonly OrganizationKind[] = [
  {
    part: 'organization variables',
    isWanted: (include) => include.variables,
    drafts: (octokit, org) =>
      variableDrafts(octokit.paginate.iterator('GET /orgs/{org}/actions/variables', { org, per_page: 30 })),
  },
];
