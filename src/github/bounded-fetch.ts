import type { GithubContext } from './github-context.js';
import { guardedFetch, type GuardOptions } from './guarded-fetch.js';

/** A page of 100 repositories is about 700 KiB; one of 100 issues of the greatest length is 26 MiB. */
const MAX_BODY_BYTES = 32 * 1024 * 1024;
const REQUEST_TIMEOUT_MS = 30_000;

/** A guarded fetch over the run's connections, with bounds that fit GitHub's answers. */
export const boundedFetch = (
  host: Pick<GuardOptions, 'origin' | 'authorization' | 'answered'>,
  { session, signal, clock }: GithubContext,
): ReturnType<typeof guardedFetch> =>
  guardedFetch({
    ...host,
    signal,
    clock,
    dispatcherFor: (url) => session.dispatcherFor(url),
    timeoutMs: REQUEST_TIMEOUT_MS,
    maxBodyBytes: MAX_BODY_BYTES,
  });
