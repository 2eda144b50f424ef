import type { Octokit } from 'octokit';
import { compareText } from '../core/compare-text.js';
import type { Coverage } from '../core/coverage.js';
import type { Secret } from '../core/secret.js';
import { failureReason } from './failure-reason.js';
import { githubClient } from './github-client.js';
import type { GithubContext } from './github-context.js';
import type { GithubEntry } from './github-entry.js';
import { githubOrigins } from './github-origins.js';
import { matchesGlob } from './name-glob.js';
import { readItems } from './read-items.js';
import type { RemoteRepository } from './remote-repository.js';
import { type WantedList, wantedLists } from './wanted-lists.js';

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

interface Reading {
  readonly webOrigin: string;
  readonly ctx: GithubContext;
}

interface ReadList {
  readonly repositories: readonly RemoteRepository[];
  readonly coverage: Coverage;
}

async function readList(
  octokit: Octokit,
  wanted: WantedList,
  { webOrigin, ctx }: Reading,
): Promise<ReadList> {
  const repositories: RemoteRepository[] = [];
  const problems: string[] = [];
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
  const seen = new Set(repositories.map(({ name }) => name)).size;
  const expected = problems.length > 0 ? undefined : await expectedOf(octokit, wanted, ctx);
  if (expected !== undefined && seen < expected) problems.push(HIDDEN);
  return { repositories, coverage: coverageOf(wanted, { seen, expected, problems }) };
}

const HIDDEN =
  'GitHub counts more than it lists: the token may not see all of them; give it access to all repositories';

/** A count that cannot be had is no problem: the list was read to its end. */
async function expectedOf(
  octokit: Octokit,
  wanted: WantedList,
  ctx: GithubContext,
): Promise<number | undefined> {
  try {
    return await wanted.expected?.(octokit);
  } catch (error) {
    ctx.signal.throwIfAborted();
    failureReason(error); // throws what is no answer of GitHub's
    return undefined;
  }
}

interface Count {
  readonly seen: number;
  readonly expected: number | undefined;
  readonly problems: readonly string[];
}

function coverageOf({ source, part }: WantedList, { seen, expected, problems }: Count): Coverage {
  const base = { source, kind: 'repository', part, expected, seen } as const;
  const [reason] = problems;
  if (reason === undefined) return { ...base, status: 'complete' };
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more like it)` : '';
  return { ...base, status: seen === 0 ? 'failed' : 'partial', reason: reason + more };
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
