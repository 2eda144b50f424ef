import type { Octokit } from 'octokit';
import { headersOf } from './failure-reason.js';
import type { GithubContext } from './github-context.js';
import { GithubFault, type GithubFaultKind } from './github-fault.js';
import { MAX_WAIT_MS, MAX_WAITS, resetDelayMs } from './rate-limit-wait.js';

export interface Query {
  readonly text: string;
  readonly variables: Readonly<Record<string, string | number | null | readonly string[]>>;
}

export interface GraphqlAnswer {
  /** What stands in `data`, unchecked. */
  readonly data: unknown;
  /** What GitHub could not tell of it. */
  readonly errors: readonly unknown[];
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
export async function graphqlQuery(octokit: Octokit, query: Query, ctx: GithubContext): Promise<unknown> {
  const { data, errors } = await graphqlAnswer(octokit, query, ctx);
  if (errors.length > 0) throw new GithubFault(faultIn(errors));
  return data;
}

/** The same, for whoever can do with a part of what was asked for. Where nothing of it is told, the fault is thrown. */
export async function graphqlAnswer(
  octokit: Octokit,
  { text, variables }: Query,
  ctx: GithubContext,
): Promise<GraphqlAnswer> {
  for (let waits = 0; ; waits += 1) {
    try {
      return { data: await octokit.graphql(text, variables), errors: [] };
    } catch (error) {
      const told = answerIn(error);
      if (told === undefined) throw error;
      const fault = faultIn(told.errors);
      if (fault !== 'limited' && isSomething(told.data)) return told;
      const delayMs = fault === 'limited' ? resetDelayMs(headersOf(error), ctx.clock) : undefined;
      if (delayMs === undefined || delayMs > MAX_WAIT_MS || waits === MAX_WAITS) throw new GithubFault(fault);
      ctx.progress.note(`GitHub's limit of points is reached; waiting ${Math.ceil(delayMs / 1_000)} s`);
      await ctx.clock.sleep(delayMs, ctx.signal);
    }
  }
}

const isSomething = (data: unknown): boolean => typeof data === 'object' && data !== null;

/** Octokit's error about errors within an answer, or its own about the limit. */
function answerIn(error: unknown): GraphqlAnswer | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error.message === 'GraphQL Rate Limit Exceeded')
    return { data: undefined, errors: [{ type: 'RATE_LIMITED' }] };
  if (error.name !== 'GraphqlResponseError' || !('errors' in error)) return undefined;
  const errors: readonly unknown[] = Array.isArray(error.errors) ? error.errors : [{}];
  return { data: 'data' in error ? error.data : undefined, errors };
}

const faultIn = (errors: readonly unknown[]): GithubFaultKind =>
  errors.map((error) => FAULTS[typeOf(error)]).find((fault) => fault !== undefined) ?? 'refused';

const typeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'type' in error && typeof error.type === 'string'
    ? error.type
    : '';
