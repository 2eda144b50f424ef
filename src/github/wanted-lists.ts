import type { Octokit } from 'octokit';
import type { GithubEntry } from './github-entry.js';
import { gistPages, parseGist } from './list-gists.js';
import { organizationSize } from './organization-size.js';
import { parseRepository, type RemoteRepository } from './remote-repository.js';

type Pages = AsyncIterable<{ readonly data: unknown }>;

/** One list to read: what coverage calls it, its pages, and what an item of it is. */
export interface WantedList {
  readonly source: string;
  readonly part: string;
  readonly pages: (octokit: Octokit) => Pages;
  readonly parse: (item: unknown, webOrigin: string) => RemoteRepository | string;
  /** How many items there are, where GitHub tells it elsewhere. */
  readonly expected?: (octokit: Octokit) => Promise<number | undefined>;
}

/** In a fixed order, so that a repository made meanwhile moves as few others as possible to another page. */
const PAGE = { per_page: 100, sort: 'full_name' } as const;

export function wantedLists({ orgs, users, repos, include }: GithubEntry): readonly WantedList[] {
  return [
    ...orgs.map(ofOrganization),
    ...users.map(ofUser),
    ...repos.map(oneRepository),
    ...(include.gists ? users.map(gistsOf) : []),
  ];
}

const ofOrganization = (org: string): WantedList => ({
  source: org,
  part: 'list of repositories',
  parse: parseRepository,
  pages: (octokit) => octokit.paginate.iterator('GET /orgs/{org}/repos', { org, ...PAGE, type: 'all' }),
  expected: (octokit) => organizationSize(octokit, org),
});

const ofUser = (username: string): WantedList => ({
  source: username,
  part: 'list of repositories',
  parse: parseRepository,
  pages: (octokit) =>
    octokit.paginate.iterator('GET /users/{username}/repos', { username, ...PAGE, type: 'owner' }),
});

const oneRepository = (fullName: string): WantedList => ({
  source: fullName,
  part: 'repository',
  parse: parseRepository,
  pages: (octokit) => onePage(octokit, fullName),
});

const gistsOf = (username: string): WantedList => ({
  source: username,
  part: 'list of gists',
  parse: parseGist,
  pages: (octokit) => gistPages(octokit, username),
});

async function* onePage(octokit: Octokit, fullName: string): AsyncGenerator<{ readonly data: unknown }> {
  const [owner = '', repo = ''] = fullName.split('/');
  const { data } = await octokit.request('GET /repos/{owner}/{repo}', { owner, repo });
  yield { data: [data] };
}
