import { createHash } from 'node:crypto';
import pLimit from 'p-limit';
import { renewBudget } from './answer-budget.js';
import type { Activities } from './ask-activity.js';
import type { GithubEntry } from './github-entry.js';
import { failureReason } from './failure-reason.js';
import { githubClient } from './github-client.js';
import type { GithubContext } from './github-context.js';
import type { KeptAnswers } from './kept-answers.js';
import { isUnchanged, type ListContext } from './list-pages.js';
import { PULLS } from './conversation-kinds.js';
import type { RemoteRepository } from './remote-repository.js';
import type { Tally } from './tally.js';
import type { Token } from './token.js';

/**
 * A digest of a repository's list of pull requests, if GitHub says that it is what an earlier run read, word for word; undefined
 * where it is not, or where nobody remembers it whole. Where GitHub told beforehand where they lead, the digest is of that.
 * @param mayAsk a request for it is worth its while
 */
export type PullsWatch = (
  repository: Pick<RemoteRepository, 'name'>,
  mayAsk: boolean,
) => Promise<string | undefined>;

export interface WatchRequest {
  readonly entry: GithubEntry;
  readonly token: Token;
  readonly kept: KeptAnswers;
  /** What GitHub told of repositories. */
  readonly activities?: Activities;
  readonly tally?: Tally;
  readonly retryUnitMs?: number;
}

/**
 * The list names the head of every pull request, open or closed, and the commit that GitHub made to try its merge: no ref below
 * `refs/pull/` can move, come or go while the list stays the same. To ask costs a request without a body, where git needs
 * two; and the texts are then not asked for again in this run.
 */
export function watchPulls(request: WatchRequest, ctx: GithubContext): PullsWatch {
  const { entry, token, kept, activities } = request;
  const octokit = githubClient({ ...request, apiUrl: entry.apiUrl, token, asksOnly: true }, ctx);
  // GitHub asks not to send requests together.
  const limit = pLimit(1);
  const ask = async (name: string): Promise<string | undefined> => {
    try {
      return await digestOf(PULLS.list(`/repos/${name}`).url, { octokit, kept });
    } catch (error) {
      ctx.signal.throwIfAborted();
      failureReason(error); // throws what is no answer of GitHub's
      return undefined;
    }
  };
  return async ({ name }, mayAsk) => {
    const heads = activities?.get(name)?.heads;
    return heads ?? (mayAsk ? limit(() => ask(name)) : undefined);
  };
}

type Asking = Pick<ListContext, 'octokit' | 'kept'>;

async function digestOf(first: string, { octokit, kept }: Asking): Promise<string | undefined> {
  const digest = createHash('sha256');
  renewBudget(octokit);
  const asked = new Set<string>();
  for (let url: string | null = first; url !== null; ) {
    const page = kept.peek(url);
    if (page === undefined || asked.has(url)) return undefined;
    asked.add(url);
    if (!(await isUnchanged(octokit, url, page))) return undefined;
    digest.update(`${url}\n${page.etag}\n`);
    url = page.next;
  }
  for (const url of asked) kept.confirm(url);
  return digest.digest('hex');
}
