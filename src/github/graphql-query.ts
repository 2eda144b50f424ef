import type { Octokit } from 'octokit';
import { headersOf } from './failure-reason.js';
import type { GithubContext } from './github-context.js';
import { GithubFault, type GithubFaultKind } from './github-fault.js';
import { MAX_WAIT_MS, MAX_WAITS, resetDelayMs } from './rate-limit-wait.js';

export interface Query {
  readonly text: string;
  readonly variables: Readonly<Record<string, string | number | null>>;
}

/** Types of errors in GitHub's answers, which come with status 200. */
const FAULTS: Readonly<Record<string, GithubFaultKind>> = {
  FORBIDDEN: 'forbidden',
  INSUFFICIENT_SCOPES: 'forbidden',
  NOT_FOUND: 'hidden',
  RATE_LIMITED: 'limited',
};

/**
 * Asks GitHub's GraphQL API, and waits for its limit of points where that ends soon.
 * @returns what stands in `data`, unchecked. An answer with any error in it counts for nothing.
 */
export async function graphqlQuery(
  octokit: Octokit,
  { text, variables }: Query,
  ctx: GithubContext,
): Promise<unknown> {
  for (let waits = 0; ; waits += 1) {
    try {
      return await octokit.graphql(text, variables);
    } catch (error) {
      const fault = faultOf(error);
      if (fault === undefined) throw error;
      const delayMs = fault === 'limited' ? resetDelayMs(headersOf(error), ctx.clock) : undefined;
      if (delayMs === undefined || delayMs > MAX_WAIT_MS || waits === MAX_WAITS) throw new GithubFault(fault);
      ctx.progress.note(`GitHub's limit of points is reached; waiting ${Math.ceil(delayMs / 1_000)} s`);
      await ctx.clock.sleep(delayMs, ctx.signal);
    }
  }
}

/** Octokit's error about errors within an answer, or its own about the limit. */
function faultOf(error: unknown): GithubFaultKind | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error.message === 'GraphQL Rate Limit Exceeded') return 'limited';
  if (error.name !== 'GraphqlResponseError' || !('errors' in error)) return undefined;
  const { errors } = error;
  const types = Array.isArray(errors) ? errors.map(typeOf) : [];
  return types.map((type) => FAULTS[type]).find((fault) => fault !== undefined) ?? 'refused';
}

const typeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'type' in error && typeof error.type === 'string'
    ? error.type
    : '';
