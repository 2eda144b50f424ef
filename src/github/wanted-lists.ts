import type { Octokit } from 'octokit';
import type { GithubEntry } from './github-entry.js';
import { parseGist } from './list-gists.js';
import { type List, listUrl } from './list-pages.js';
import { type Member, parseMember } from './list-members.js';
import { organizationSize } from './organization-size.js';
import { parseRepository, type RemoteRepository } from './remote-repository.js';

/** What a listed item is, and as little of it as tells the same again; or what is wrong with it, as a sentence. */
export type ParsedItem<T> = { readonly value: T; readonly kept: unknown } | string;

/** One list to read: what coverage calls it, where it is, and what an item of it is. */
export interface WantedList<T> {
  readonly source: string;
  readonly part: string;
  readonly list: List;
  readonly parse: (item: unknown, webOrigin: string) => ParsedItem<T>;
  /** How many items there are, where GitHub tells it elsewhere. */
  readonly expected?: (octokit: Octokit) => Promise<number | undefined>;
}

/** In a fixed order, so that a repository made meanwhile moves as few others as possible to another page. */
const BY_NAME = { sort: 'full_name' } as const;

export const wantedLists = ({
  orgs,
  users,
  repos,
  include,
}: GithubEntry): readonly WantedList<RemoteRepository>[] => [
  ...orgs.map(ofOrganization),
  ...users.map(ofUser),
  ...repos.map(oneRepository),
  ...(include.gists ? users.map(gistsOf) : []),
];

const ofOrganization = (org: string): WantedList<RemoteRepository> => ({
  source: org,
  part: 'list of repositories',
  parse: parseRepository,
  list: { url: listUrl(`/orgs/${org}/repos`, { ...BY_NAME, type: 'all' }) },
  expected: (octokit) => organizationSize(octokit, org),
});

const ofUser = (username: string): WantedList<RemoteRepository> => ({
  source: username,
  part: 'list of repositories',
  parse: parseRepository,
  list: { url: listUrl(`/users/${username}/repos`, { ...BY_NAME, type: 'owner' }) },
});

const oneRepository = (fullName: string): WantedList<RemoteRepository> => ({
  source: fullName,
  part: 'repository',
  parse: parseRepository,
  list: { url: `/repos/${fullName}`, single: true },
});

export const gistsOf = (username: string): WantedList<RemoteRepository> => ({
  source: username,
  part: 'list of gists',
  parse: parseGist,
  list: { url: listUrl(`/users/${username}/gists`) },
});

/** GitHub lists all members to members, and to others those who show it. */
export const membersOf = (org: string): WantedList<Member> => ({
  source: org,
  part: 'list of members',
  parse: parseMember,
  list: { url: listUrl(`/orgs/${org}/members`) },
});
