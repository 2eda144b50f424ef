import type { Octokit } from 'octokit';
import { compareText } from '../core/compare-text.js';
import type { Coverage } from '../core/coverage.js';
import { renewBudget } from './answer-budget.js';
import { failureReason } from './failure-reason.js';
import { githubClient } from './github-client.js';
import type { GithubContext } from './github-context.js';
import type { GithubEntry } from './github-entry.js';
import { githubOrigins } from './github-origins.js';
import { type KeptAnswers, NOTHING_KEPT } from './kept-answers.js';
import { listPages, type Page } from './list-pages.js';
import { matchesGlob } from './name-glob.js';
import type { RemoteRepository } from './remote-repository.js';
import type { Tally } from './tally.js';
import type { Token } from './token.js';
import { gistsOf, membersOf, type WantedList, wantedLists } from './wanted-lists.js';

export interface Listing {
  /** By name; each once, however many lists name it. */
  readonly repositories: readonly RemoteRepository[];
  /** One entry an organization, user or named repository. */
  readonly coverage: readonly Coverage[];
}

export interface ListRequest {
  readonly entry: GithubEntry;
  readonly token: Token;
  /** What earlier runs kept. */
  readonly kept?: KeptAnswers;
  readonly tally?: Tally;
  readonly retryUnitMs?: number;
}

/** Lists what an entry of the configuration names. A list that fails is told by its coverage; the others go on. */
export async function listRepositories(request: ListRequest, ctx: GithubContext): Promise<Listing> {
  const { entry, token, kept = NOTHING_KEPT } = request;
  const octokit = githubClient({ ...request, apiUrl: entry.apiUrl, token }, ctx);
  const reading: Reading = { octokit, kept, webOrigin: githubOrigins(entry.apiUrl).web, ctx };
  const found = new Map<string, RemoteRepository>();
  const coverage: Coverage[] = [];
  // One after another: the lists are short, and GitHub asks not to send requests together.
  const read = async <T extends { readonly name: string }>(wanted: WantedList<T>): Promise<readonly T[]> => {
    const list = await readList(wanted, reading);
    coverage.push(list.coverage);
    return list.items;
  };
  const lists = [...wantedLists(entry)];
  if (entry.include.memberGists) {
    const members = new Set<string>();
    for (const org of entry.orgs) for (const { name } of await read(membersOf(org))) members.add(name);
    lists.push(...[...members].map(gistsOf));
  }
  for (const wanted of lists) {
    for (const repository of await read(wanted)) found.set(repository.name.toLowerCase(), repository);
  }
  await kept.flush();
  const repositories = [...found.values()]
    .filter((repository) => isIncluded(repository, entry))
    .toSorted((left, right) => compareText(left.name, right.name));
  return { repositories, coverage };
}

interface Reading {
  readonly octokit: Octokit;
  readonly kept: KeptAnswers;
  readonly webOrigin: string;
  readonly ctx: GithubContext;
}

interface ReadList<T> {
  readonly items: readonly T[];
  readonly coverage: Coverage;
}

async function readList<T extends { readonly name: string }>(
  wanted: WantedList<T>,
  reading: Reading,
): Promise<ReadList<T>> {
  const { octokit, kept, ctx } = reading;
  const items: T[] = [];
  const problems: string[] = [];
  renewBudget(octokit);
  try {
    for await (const page of listPages(wanted.list, { octokit, kept, under: '' })) {
      if ('isPartial' in page && page.isPartial) problems.push(SIGN_ON);
      const parsed = itemsOf(page).map((item) => wanted.parse(item, reading.webOrigin));
      const good = parsed.filter((item) => typeof item !== 'string');
      items.push(...good.map(({ value }) => value));
      problems.push(...parsed.filter((item) => typeof item === 'string'));
      if ('settle' in page && good.length === parsed.length)
        page.settle({ seen: good.length, items: good.map((item) => item.kept) });
    }
  } catch (error) {
    ctx.signal.throwIfAborted();
    problems.push(failureReason(error));
  }
  const seen = new Set(items.map(({ name }) => name)).size;
  const expected = problems.length > 0 ? undefined : await expectedOf(wanted, reading);
  if (expected !== undefined && seen < expected) problems.push(HIDDEN);
  return { items, coverage: coverageOf(wanted, { seen, expected, problems }) };
}

/** Of a page that is the same as before, what was kept of it, which is read like the page itself. */
const itemsOf = (page: Page): readonly unknown[] =>
  'unchanged' in page ? (page.unchanged.items ?? []) : page.items;

const SIGN_ON =
  'GitHub left out what single sign-on guards: authorise the token for it at each organization concerned';
const HIDDEN =
  'GitHub counts more than it lists: the token may not see all of them; give it access to all repositories';

/** A count that cannot be had is no problem: the list was read to its end. */
async function expectedOf(
  wanted: Pick<WantedList<unknown>, 'expected'>,
  { octokit, ctx }: Reading,
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

function coverageOf(
  { source, part }: Pick<WantedList<unknown>, 'source' | 'part'>,
  { seen, expected, problems }: Count,
): Coverage {
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
  return (include.archived || !archived) && (include.forks || fork !== true);
}
