import type { Octokit } from 'octokit';
import { compareText } from '../core/compare-text.js';
import type { Coverage } from '../core/coverage.js';
import type { Secret } from '../core/secret.js';
import { failureReason } from './failure-reason.js';
import { githubClient } from './github-client.js';
import type { GithubContext } from './github-context.js';
import type { GithubEntry } from './github-entry.js';
import { githubOrigins } from './github-origins.js';
import { gistPages, parseGist } from './list-gists.js';
import { matchesGlob } from './name-glob.js';
import { readItems } from './read-items.js';
import { parseRepository, type RemoteRepository } from './remote-repository.js';

export interface Listing {
  /** By name; each once, however many lists name it. */
  readonly repositories: readonly RemoteRepository[];
  /** One entry an organization, user or named repository. */
  readonly coverage: readonly Coverage[];
}

export interface ListRequest {
  readonly entry: GithubEntry;
  readonly token: Secret | undefined;
  readonly retryUnitMs?: number;
}

/** In a fixed order, so that a repository made meanwhile moves as few others as possible to another page. */
const PAGE = { per_page: 100, sort: 'full_name' } as const;

/** One list to read: what coverage calls it, and its pages. */
interface Wanted {
  readonly source: string;
  readonly part: string;
  readonly parse: (item: unknown, webOrigin: string) => RemoteRepository | string;
  readonly pages: (octokit: Octokit) => AsyncIterable<{ readonly data: unknown }>;
}

/** Lists what an entry of the configuration names. A list that fails is told by its coverage; the others go on. */
export async function listRepositories(request: ListRequest, ctx: GithubContext): Promise<Listing> {
  const { entry, token } = request;
  const octokit = githubClient({ ...request, apiUrl: entry.apiUrl, token }, ctx);
  const found = new Map<string, RemoteRepository>();
  const coverage: Coverage[] = [];
  // One after another: the lists are short, and GitHub asks not to send requests together.
  for (const wanted of wantedLists(entry)) {
    const list = await readList(octokit, wanted, { webOrigin: githubOrigins(entry.apiUrl).web, ctx });
    coverage.push(list.coverage);
    for (const repository of list.repositories) found.set(repository.name.toLowerCase(), repository);
  }
  const repositories = [...found.values()]
    .filter((repository) => isIncluded(repository, entry))
    .toSorted((left, right) => compareText(left.name, right.name));
  return { repositories, coverage };
}

function wantedLists(entry: GithubEntry): readonly Wanted[] {
  const orgs = entry.orgs.map(
    (org): Wanted => ({
      source: org,
      part: 'list of repositories',
      parse: parseRepository,
      pages: (octokit) => octokit.paginate.iterator('GET /orgs/{org}/repos', { org, ...PAGE, type: 'all' }),
    }),
  );
  const users = entry.users.map(
    (username): Wanted => ({
      source: username,
      part: 'list of repositories',
      parse: parseRepository,
      pages: (octokit) =>
        octokit.paginate.iterator('GET /users/{username}/repos', { username, ...PAGE, type: 'owner' }),
    }),
  );
  const single = entry.repos.map(
    (fullName): Wanted => ({
      source: fullName,
      part: 'repository',
      parse: parseRepository,
      pages: (octokit) => oneRepository(octokit, fullName),
    }),
  );
  const gists = (entry.include.gists ? entry.users : []).map(
    (username): Wanted => ({
      source: username,
      part: 'list of gists',
      parse: parseGist,
      pages: (octokit) => gistPages(octokit, username),
    }),
  );
  return [...orgs, ...users, ...single, ...gists];
}

async function* oneRepository(
  octokit: Octokit,
  fullName: string,
): AsyncGenerator<{ readonly data: unknown }> {
  const [owner = '', repo = ''] = fullName.split('/');
  const { data } = await octokit.request('GET /repos/{owner}/{repo}', { owner, repo });
  yield { data: [data] };
}

interface Reading {
  readonly webOrigin: string;
  readonly ctx: GithubContext;
}

interface ReadList {
  readonly repositories: readonly RemoteRepository[];
  readonly coverage: Coverage;
}

async function readList(octokit: Octokit, wanted: Wanted, { webOrigin, ctx }: Reading): Promise<ReadList> {
  const repositories: RemoteRepository[] = [];
  const problems: string[] = [];
  const base = { source: wanted.source, kind: 'repository', part: wanted.part, expected: undefined } as const;
  try {
    for await (const item of readItems(wanted.pages(octokit))) {
      const parsed = wanted.parse(item, webOrigin);
      if (typeof parsed === 'string') problems.push(parsed);
      else repositories.push(parsed);
    }
  } catch (error) {
    ctx.signal.throwIfAborted();
    problems.push(failureReason(error));
  }
  const seen = repositories.length;
  const [reason] = problems;
  if (reason === undefined) return { repositories, coverage: { ...base, status: 'complete', seen } };
  const status = seen === 0 ? 'failed' : 'partial';
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more like it)` : '';
  return { repositories, coverage: { ...base, status, seen, reason: reason + more } };
}

/** A repository that is named by itself is wanted, be it archived or a fork. */
function isIncluded(
  { name, archived, fork }: RemoteRepository,
  { include, exclude, repos }: GithubEntry,
): boolean {
  if (exclude.some((glob) => matchesGlob(glob, name))) return false;
  if (repos.some((wanted) => wanted.toLowerCase() === name.toLowerCase())) return true;
  return (include.archived || !archived) && (include.forks || !fork);
}
