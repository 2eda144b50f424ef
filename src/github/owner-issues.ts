import type { Octokit } from 'octokit';
import { z } from 'zod';
import type { Token } from './token.js';
import { failureReason, statusOf } from './failure-reason.js';
import { githubClient } from './github-client.js';
import type { GithubContext } from './github-context.js';
import { parseMarker } from './issue-marker.js';
import { type IssueStep, type IssueWish, type OwnIssue, planIssues } from './issue-plan.js';
import { listItems, listUrl } from './list-pages.js';

export interface IssueRequest {
  readonly apiUrl: string;
  readonly token: Token;
  /** `owner/name`, checked. */
  readonly repository: string;
  /** The marker's `set`: issues with another one belong to somebody else. */
  readonly set: string;
  readonly wishes: readonly IssueWish[];
  /** Whether anything is written, or only planned. */
  readonly write: boolean;
  readonly retryUnitMs?: number;
}

export interface IssueOutcome {
  /** What was done; what would be done, where nothing is written. */
  readonly steps: readonly IssueStep[];
  /** Why the rest was not done, for people. */
  readonly problem: string | undefined;
}

/** Nobody has so many teams; a register that says so is broken, and issues cannot be taken back. Our judgement. */
const MAX_NEW = 100;

const repositorySchema = z.object({
  private: z.boolean(),
  archived: z.boolean(),
  has_issues: z.boolean(),
});

const issueSchema = z.object({
  number: z.int().positive(),
  title: z.string(),
  body: z.string().nullish(),
  pull_request: z.unknown().optional(),
  author_association: z.string(),
  user: z.object({ type: z.string() }).nullish(),
});

/** Opens, rewrites and closes issues, so that each owner has one. One of the few requests that write. */
export async function keepIssues(request: IssueRequest, ctx: GithubContext): Promise<IssueOutcome> {
  const octokit = githubClient(request, ctx);
  const [owner = '', repo = ''] = request.repository.split('/');
  const done: IssueStep[] = [];
  try {
    const name = { owner, repo };
    const refusal = await refusalOf(octokit, name);
    if (refusal !== undefined) return { steps: [], problem: refusal };
    const steps = planIssues(request.wishes, await ownIssues({ octokit, name, set: request.set }));
    if (steps.filter(({ act }) => act === 'open').length > MAX_NEW) return { steps: [], problem: TOO_MANY };
    if (!request.write) return { steps, problem: undefined };
    for (const step of steps) {
      await take(step, octokit, name);
      done.push(step);
    }
    return { steps: done, problem: undefined };
  } catch (error) {
    ctx.signal.throwIfAborted();
    return { steps: done, problem: issueFailure(error) };
  }
}

type Name = Readonly<Record<'owner' | 'repo', string>>;

const TOO_MANY = `it would open more than ${MAX_NEW} issues at once: check the owners in the key register`;

async function refusalOf(octokit: Octokit, name: Name): Promise<string | undefined> {
  const { data } = await octokit.request('GET /repos/{owner}/{repo}', name);
  const repository = repositorySchema.safeParse(data).data;
  if (repository === undefined) return 'the answer is not one of GitHub; check apiUrl and proxies on the way';
  if (!repository.private)
    return 'the repository is public: the issues would tell everybody where keys stand; name a private one';
  if (repository.archived) return 'the repository is archived: nobody can write issues there';
  return repository.has_issues ? undefined : 'issues are switched off in this repository';
}

interface Listing {
  readonly octokit: Octokit;
  readonly name: Name;
  readonly set: string;
}

/** Open issues with our marker, by authors who may write here: anybody else could have copied it. */
async function ownIssues({ octokit, name, set }: Listing): Promise<readonly OwnIssue[]> {
  const list = { url: listUrl(`/repos/${name.owner}/${name.repo}/issues`, { state: 'open' }) };
  const own: OwnIssue[] = [];
  for await (const item of listItems(list, octokit)) {
    const issue = issueSchema.safeParse(item).data;
    const marker = parseMarker(issue?.body ?? '');
    if (issue === undefined || marker?.set !== set || issue.pull_request !== undefined) continue;
    if (isTrusted(issue)) own.push({ number: issue.number, title: issue.title, marker });
  }
  return own;
}

const WRITERS: readonly string[] = ['OWNER', 'MEMBER', 'COLLABORATOR'];

const isTrusted = ({ author_association: role, user }: z.output<typeof issueSchema>): boolean =>
  WRITERS.includes(role) || user?.type === 'Bot';

async function take(step: IssueStep, octokit: Octokit, name: Name): Promise<void> {
  if (step.act === 'keep') return;
  const { title, body } = step;
  if (step.act === 'open') {
    // Not repeated: the first one may have arrived although its answer did not.
    const request = { retries: 0 };
    const labels = [...step.labels];
    await octokit.request('POST /repos/{owner}/{repo}/issues', { ...name, title, body, labels, request });
    return;
  }
  await octokit.request('PATCH /repos/{owner}/{repo}/issues/{issue_number}', {
    ...name,
    issue_number: step.number,
    title,
    body,
    ...(step.act === 'close' ? { state: 'closed', state_reason: 'completed' } : {}),
  });
}

/** Refusals that mean something else to a write than to a read. */
const REFUSALS: Readonly<Record<number, string>> = {
  403: 'GitHub forbids it: the token may not write issues there (give it issues: write)',
  404: 'the repository is not there for this token: give it access and issues: write',
  410: 'issues are switched off in this repository',
  422: 'GitHub did not accept the issue: do its labels exist, and may the token set them?',
};

function issueFailure(error: unknown): string {
  const general = failureReason(error);
  return general.includes('fewer requests') ? general : (REFUSALS[statusOf(error) ?? 0] ?? general);
}
