import { z } from 'zod';
import { DAY_MS, dateOf, instantFromMs } from '../core/instant.js';
import type { Draft } from './conversation-kinds.js';
import { statusOf } from './failure-reason.js';
import { GithubFault } from './github-fault.js';
import { listPages, listUrl } from './list-pages.js';
import type { RepositoryAt, TextAsking, TextBatch } from './text-part.js';

const id = z.int().nonnegative();
const runSchema = z.object({ id, status: z.string().nullish(), run_attempt: z.int().positive().catch(1) });
const jobSchema = z.object({
  id,
  status: z.string(),
  conclusion: z.string().nullish(),
  html_url: z.string().optional().catch(undefined),
  completed_at: z.string().nullish().catch(undefined),
});

/** A log that is whole does not change any more, so there is no version to ask for. */
const FINAL = '"final"';

/**
 * The logs of the workflow runs of the last days, job by job: GitHub gives those as plain text, and those of a run as an
 * archive. What still runs is for the next audit.
 */
export async function* workflowLogs(
  asking: TextAsking,
  { path }: RepositoryAt,
  days: number,
): AsyncGenerator<TextBatch> {
  const since = instantFromMs(asking.ctx.clock.now() - days * DAY_MS);
  const created = since === undefined ? {} : { created: `>=${dateOf(since)}` };
  for await (const item of items(asking, listUrl(`${path}/actions/runs`, created), 'workflow_runs')) {
    const run = runSchema.safeParse(item).data;
    if (run === undefined) yield { drafts: [undefined] };
    else if (run.status === 'completed') yield* logsOf(asking, path, run.id);
  }
}

async function* logsOf(asking: TextAsking, path: string, run: number): AsyncGenerator<TextBatch> {
  // `all`: a job that was repeated has a log of each time.
  const url = listUrl(`${path}/actions/runs/${run}/jobs`, { filter: 'all' });
  for await (const item of items(asking, url, 'jobs')) {
    const job = jobSchema.safeParse(item).data;
    if (job === undefined) yield { drafts: [undefined] };
    else if (job.status === 'completed' && job.conclusion !== 'skipped') yield await logOf(asking, path, job);
  }
}

async function* items(asking: TextAsking, url: string, field: string): AsyncGenerator<unknown> {
  for await (const page of listPages({ url, field }, { ...asking, under: '' })) {
    if ('items' in page) yield* page.items;
  }
}

async function logOf(
  { octokit, kept, under, ctx, download }: TextAsking,
  path: string,
  job: z.output<typeof jobSchema>,
): Promise<TextBatch> {
  const url = `${path}/actions/jobs/${job.id}/logs`;
  const before = kept.recall(url, under);
  if (before !== undefined) return { unchanged: before.seen };
  try {
    const { baseUrl } = octokit.request.endpoint.DEFAULTS;
    const draft: Draft = {
      label: `actions/jobs/${job.id}`,
      text: await download(`${baseUrl}${url}`),
      url: job.html_url,
      createdAt: job.completed_at ?? undefined,
    };
    const settle = (): void => kept.keep(url, { etag: FINAL, next: null, seen: 1, under });
    return { drafts: [draft], settle };
  } catch (error) {
    ctx.signal.throwIfAborted();
    // GitHub removes logs after a while: there is none.
    if (statusOf(error) === 410) return { drafts: [] };
    if (error instanceof GithubFault && UNREADABLE.has(error.kind)) return { drafts: [undefined] };
    throw error;
  }
}

/** One log that cannot be had; the others may. */
const UNREADABLE: ReadonlySet<string> = new Set(['too-large', 'cut-off', 'timed-out', 'malformed', 'hidden']);
