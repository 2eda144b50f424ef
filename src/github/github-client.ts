import { Octokit } from 'octokit';
import { z } from 'zod';
import { onAbort } from '../process/on-abort.js';
import { authorizationHeader } from '../http/authorization.js';
import { boundedFetch } from './bounded-fetch.js';
import type { GithubContext } from './github-context.js';
import { GithubFault } from './github-fault.js';
import { headersOf, statusOf } from './failure-reason.js';
import { headerOf } from './header-of.js';
import { asksForPatience, MAX_WAIT_MS, MAX_WAITS, resetDelayMs } from './rate-limit-wait.js';
import { AnswerBudget, setBudget } from './answer-budget.js';
import type { Tally } from './tally.js';
import { Patience } from './patience.js';
import { currentToken, type Token } from './token.js';

export interface GithubAccess {
  readonly apiUrl: string;
  readonly token: Token;
  /** Nothing that it sends changes anything at GitHub. */
  readonly asksOnly?: boolean;
  /** Told what is asked. */
  readonly tally?: Tally | undefined;
  /** Tests make it small. */
  readonly budget?: AnswerBudget;
  /** What octokit's waiting times before a repeated request are counted in; tests make it short. */
  readonly retryUnitMs?: number;
}

const MAX_REPEATS = 2;
/** Statuses that the next request would get as well, or, for 429, that tell when to ask again. */
const DECIDED = [400, 401, 403, 404, 405, 410, 422, 429, 451];

/**
 * Octokit lets a second pass before each POST, which is right for those that write. Questions in GraphQL are POSTs too, and
 * GitHub counts them like a GET.
 */
const UNSPACED: object = {
  write: { key: () => ({ schedule: (_: unknown, job: () => Promise<unknown>) => job() }) },
};

const silent = (): void => undefined;

/** An octokit that asks one origin, waits for nobody for long, and says nothing by itself. */
export function githubClient(
  { apiUrl, token, tally, budget = new AnswerBudget(), asksOnly = false, retryUnitMs = 1_000 }: GithubAccess,
  ctx: GithubContext,
): Octokit {
  const { origin } = new URL(apiUrl);
  const answered = (status: number, bytes: number): void => {
    budget.spend(bytes);
    if (tally !== undefined) count(tally, status, bytes);
  };
  const patience = new Patience();
  const wait = (what: string) => (seconds: number, _: object, __: object, waits: number) => {
    const worth = seconds * 1_000 <= MAX_WAIT_MS && waits < MAX_WAITS && patience.isLeft(ctx.clock.now());
    if (worth) ctx.progress.note(`GitHub's ${what} is reached; waiting ${seconds} s`);
    return worth;
  };
  const octokit = new Octokit({
    baseUrl: apiUrl,
    userAgent: 'keyaudit',
    log: { debug: silent, info: silent, warn: silent, error: silent },
    retry: { retries: MAX_REPEATS, retryAfterBaseValue: retryUnitMs, doNotRetry: DECIDED },
    throttle: {
      ...(asksOnly ? UNSPACED : {}),
      onRateLimit: wait('rate limit'),
      onSecondaryRateLimit: wait('secondary rate limit'),
      retryAfterBaseValue: retryUnitMs,
    },
    request: { fetch: boundedFetch({ origin, authorization: () => bearer(token), answered }, ctx) },
  });
  // The same check as in the fetch, before octokit counts the request. The token is not octokit's: the fetch adds it.
  octokit.hook.before('request', ({ baseUrl, url }) => {
    if (new URL(url, `${baseUrl}/`).origin !== origin) throw new GithubFault('foreign-host');
    budget.assertLeft();
  });
  octokit.hook.after('request', ({ data }, { url }) => {
    if (tally !== undefined && url === '/graphql') countQuestion(tally, data);
  });
  setBudget(octokit, budget);
  // Last, so that it is around octokit's own waiting for a limit, which knows no signal.
  octokit.hook.wrap('request', (request, options) =>
    untilAborted(
      patiently(() => request(options), patience, ctx),
      ctx.signal,
    ),
  );
  return octokit;
}

function count(tally: Tally, status: number, bytes: number): void {
  tally.requests += 1;
  tally.bytes += bytes;
  if (status === 304) tally.unchanged += 1;
}

const costSchema = z.object({ data: z.object({ rateLimit: z.object({ cost: z.int().nonnegative() }) }) });

/** A question is a request too, but not one of those that GitHub's other limit counts. */
function countQuestion(tally: Tally, answer: unknown): void {
  tally.requests -= 1;
  tally.questions += 1;
  tally.points += costSchema.safeParse(answer).data?.data.rateLimit.cost ?? 0;
}

/**
 * Octokit knows a limit by its words or by nothing being left of it. GitHub has others: abuse answers, 429, and whatever a
 * proxy before an Enterprise Server says; those that tell a time are waited for here.
 */
async function patiently<T>(work: () => T | Promise<T>, patience: Patience, ctx: GithubContext): Promise<T> {
  for (let waits = 0; ; waits += 1) {
    try {
      const answer = await work();
      patience.answered();
      return answer;
    } catch (error) {
      const headers = headersOf(error);
      if (isKnownToOctokit(error, headers) || !asksForPatience(statusOf(error), headers)) throw error;
      const delayMs = resetDelayMs(headers, ctx.clock);
      const isWorth = delayMs <= MAX_WAIT_MS && waits < MAX_WAITS && patience.isLeft(ctx.clock.now());
      if (!isWorth) throw error;
      ctx.progress.note(`GitHub asks for patience; waiting ${Math.ceil(delayMs / 1_000)} s`);
      await ctx.clock.sleep(delayMs, ctx.signal);
    }
  }
}

const isKnownToOctokit = (error: unknown, headers: unknown): boolean =>
  headerOf(headers, 'x-ratelimit-remaining') === '0' ||
  (error instanceof Error && /\bsecondary rate\b/i.test(error.message.slice(0, 500)));

async function untilAborted<T>(work: T | Promise<T>, signal: AbortSignal): Promise<T> {
  let stop = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(new GithubFault('interrupted'));
  });
  const release = onAbort(signal, stop);
  if (signal.aborted) stop();
  try {
    return await Promise.race([work, aborted]);
  } finally {
    release();
  }
}

async function bearer(token: Token): Promise<string | undefined> {
  const secret = await currentToken(token);
  return secret === undefined ? undefined : authorizationHeader({ scheme: 'bearer', secret });
}
