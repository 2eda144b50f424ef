import type { Octokit } from 'octokit';
import { z } from 'zod';
import { statusOf } from './failure-reason.js';
import type { GithubContext } from './github-context.js';
import type { UploadOutcome } from './upload-sarif.js';

/** GitHub reads a file in seconds, a large one in about a minute; 16 questions are two minutes. Our judgement. */
const POLL_MS = 8_000;
const MAX_POLLS = 16;
const FIRST_POLL_MS = 1_000;
/** The first ones tell; each as long as a sentence. */
const MAX_ERRORS = 5;
const MAX_ERROR_CHARS = 300;

const schema = z.object({
  processing_status: z.enum(['pending', 'complete', 'failed']),
  errors: z.array(z.string()).nullish(),
});

interface Receipt {
  readonly octokit: Octokit;
  readonly name: { readonly owner: string; readonly repo: string };
  readonly id: string;
}

/** Asks until GitHub has read an uploaded file. What it says about the file is shown, so that people can act on it. */
export async function processingResult(receipt: Receipt, ctx: GithubContext): Promise<UploadOutcome> {
  for (let poll = 0; poll < MAX_POLLS; poll += 1) {
    await ctx.clock.sleep(poll === 0 ? FIRST_POLL_MS : POLL_MS, ctx.signal);
    const { processing_status: status, errors } = await ask(receipt);
    if (status === 'complete') return { status: 'accepted' };
    if (status === 'failed') return { status: 'failed', reason: errorText(errors ?? []) };
  }
  return { status: 'failed', reason: 'GitHub has not read the file after two minutes; look there later' };
}

async function ask({ octokit, name, id }: Receipt): Promise<z.output<typeof schema>> {
  try {
    const { data } = await octokit.request('GET /repos/{owner}/{repo}/code-scanning/sarifs/{sarif_id}', {
      ...name,
      sarif_id: id,
    });
    return schema.catch({ processing_status: 'pending' }).parse(data);
  } catch (error) {
    // A new file is not known everywhere at once.
    if (statusOf(error) === 404) return { processing_status: 'pending' };
    throw error;
  }
}

function errorText(errors: readonly string[]): string {
  const shown = errors.slice(0, MAX_ERRORS).map((error) => error.slice(0, MAX_ERROR_CHARS));
  const more = errors.length > shown.length ? ` (and ${errors.length - shown.length} more)` : '';
  return shown.length === 0
    ? 'GitHub could not read the file and does not say why'
    : `GitHub could not read the file: ${shown.join('; ')}${more}`;
}
