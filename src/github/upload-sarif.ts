import { gzipSync } from 'node:zlib';
import type { Octokit } from 'octokit';
import { z } from 'zod';
import { failureReason, statusOf } from './failure-reason.js';
import { githubClient } from './github-client.js';
import type { GithubContext } from './github-context.js';
import { processingResult } from './sarif-processing.js';
import type { Token } from './token.js';

export interface SarifUpload {
  readonly apiUrl: string;
  readonly token: Token;
  /** `owner/name`, checked. */
  readonly repository: string;
  /** What was scanned; the head of the default branch for what belongs to no commit. */
  readonly commit: string | undefined;
  /** `refs/heads/…`; the default branch when undefined. */
  readonly ref: string | undefined;
  /** The whole file. */
  readonly sarif: string;
  readonly retryUnitMs?: number;
}

/** What became of a file. Reasons are for people. */
export type UploadOutcome =
  | { readonly status: 'accepted' }
  /** GitHub takes no results for this repository, whatever anybody does. */
  | { readonly status: 'skipped'; readonly reason: string }
  | { readonly status: 'failed'; readonly reason: string };

/** GitHub's documentation: 10 MB of a gzip-compressed file. */
const MAX_COMPRESSED_BYTES = 10_000_000;

const repositorySchema = z.object({ default_branch: z.string().min(1).max(1_000), archived: z.boolean() });
const branchSchema = z.object({ commit: z.object({ sha: z.string().regex(/^[0-9a-f]{40,64}$/) }) });
const receiptSchema = z.object({ id: z.string().regex(/^[A-Za-z0-9-]{1,100}$/) });

/** Sends one file to code scanning and waits until GitHub has read it. One of the few requests that write. */
export async function uploadSarif(upload: SarifUpload, ctx: GithubContext): Promise<UploadOutcome> {
  const octokit = githubClient(upload, ctx);
  const [owner = '', repo = ''] = upload.repository.split('/');
  try {
    return await send({ upload, octokit, name: { owner, repo } }, ctx);
  } catch (error) {
    ctx.signal.throwIfAborted();
    return { status: 'failed', reason: uploadFailure(error) };
  }
}

interface Sending {
  readonly upload: SarifUpload;
  readonly octokit: Octokit;
  readonly name: { readonly owner: string; readonly repo: string };
}

async function send({ upload, octokit, name }: Sending, ctx: GithubContext): Promise<UploadOutcome> {
  const packed = gzipSync(upload.sarif);
  if (packed.length > MAX_COMPRESSED_BYTES)
    return { status: 'failed', reason: 'compressed, it is larger than the 10 MB that GitHub takes' };
  const { data: described } = await octokit.request('GET /repos/{owner}/{repo}', name);
  const repository = repositorySchema.safeParse(described);
  if (!repository.success) return MALFORMED;
  if (repository.data.archived)
    return { status: 'skipped', reason: 'the repository is archived: GitHub takes no results for it' };
  const branch = repository.data.default_branch;
  const commit = upload.commit ?? (await headOf({ octokit, name, branch }));
  if (commit === undefined) return MALFORMED;
  const { data: answer } = await octokit.request('POST /repos/{owner}/{repo}/code-scanning/sarifs', {
    ...name,
    commit_sha: commit,
    ref: upload.ref ?? `refs/heads/${branch}`,
    sarif: packed.toString('base64'),
    tool_name: 'keyaudit',
  });
  const receipt = receiptSchema.safeParse(answer);
  return receipt.success ? processingResult({ octokit, name, id: receipt.data.id }, ctx) : MALFORMED;
}

const MALFORMED: UploadOutcome = {
  status: 'failed',
  reason: 'the answer is not one of GitHub; check apiUrl and proxies on the way',
};

interface Branch extends Pick<Sending, 'octokit' | 'name'> {
  readonly branch: string;
}

async function headOf({ octokit, name, branch }: Branch): Promise<string | undefined> {
  const { data } = await octokit.request('GET /repos/{owner}/{repo}/branches/{branch}', { ...name, branch });
  return branchSchema.safeParse(data).data?.commit.sha;
}

/** Refusals that mean something else to an upload than to a read. */
const REFUSALS: Readonly<Record<number, string>> = {
  400: 'GitHub did not accept the file as SARIF',
  403: 'GitHub forbids it: the token may only read (give it security-events: write, or "Code scanning alerts: write"), or code scanning is off for this repository',
  404: 'the repository is not there for this token, or the commit is not in it: give the token access and security-events: write',
  413: 'the file is larger than GitHub takes',
  422: 'GitHub did not accept the commit or the branch: was the branch rewritten since the scan? Audit again',
};

function uploadFailure(error: unknown): string {
  const general = failureReason(error);
  return general.includes('fewer requests') ? general : (REFUSALS[statusOf(error) ?? 0] ?? general);
}
