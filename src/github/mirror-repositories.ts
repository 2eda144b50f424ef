import pLimit from 'p-limit';
import { compareText } from '../core/compare-text.js';
import type { Coverage } from '../core/coverage.js';
import type { RunContext } from '../core/run-context.js';
import type { ScanTarget } from '../core/scan-target.js';
import { failureReason } from './failure-reason.js';
import type { GithubEntry } from './github-entry.js';
import { githubOrigins } from './github-origins.js';
import { mirrorEnvironment } from './mirror-environment.js';
import { mirrorFolder } from './mirror-folder.js';
import { ASKS_FOR_TOKEN, mirrorRepository, type MirrorOutcome, NOT_FOUND } from './mirror-repository.js';
import type { RemoteRepository } from './remote-repository.js';
import type { PullsWatch } from './watch-pulls.js';
import { currentToken, type Token } from './token.js';

export interface MirrorsRequest {
  readonly entry: GithubEntry;
  readonly token: Token;
  readonly repositories: readonly RemoteRepository[];
  /** Absolute; mirrors are made in `<directory>/<host>/<owner>/<name>.git`, and brought up to date where they exist. */
  readonly directory: string;
  /** Clones at once. */
  readonly concurrency: number;
  /** For proxies and certificates. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly timeoutMs?: number;
  /** By name, the names of those that share objects with it. */
  readonly relatives?: ReadonlyMap<string, readonly string[]>;
  /** Absent: git is asked whether pull requests moved. */
  readonly watchPulls?: PullsWatch;
}

export interface Mirrors {
  /** By name. */
  readonly targets: readonly ScanTarget[];
  /** Only repositories that could not be had; a scan tells about the others. */
  readonly coverage: readonly Coverage[];
}

/** Half an hour is enough for some ten gigabytes; a clone that takes longer is told, not waited for. Our judgement. */
const TIMEOUT_MS = 30 * 60_000;

type Outcome = ScanTarget | Coverage | undefined;

/** Mirrors repositories by git. One that fails is told by its coverage; the others go on. */
export async function mirrorRepositories(request: MirrorsRequest, ctx: RunContext): Promise<Mirrors> {
  const { entry, token, env, repositories } = request;
  const { web } = githubOrigins(entry.apiUrl);
  // Made for each clone: the token of an app does not outlive many of them.
  const environment = async (): Promise<Readonly<Record<string, string>>> =>
    mirrorEnvironment({ origin: web, token: await currentToken(token), env });
  const limit = pLimit(Math.max(1, request.concurrency));
  // The largest first, so that the last clone to end is a short one.
  const wanted = [...repositories, ...(entry.include.wikis ? wikisOf(repositories) : [])];
  const ordered = wanted.toSorted((a, b) => b.sizeKib - a.sizeKib || compareText(a.name, b.name));
  let left = ordered.length;
  const outcomes = await limit.map(ordered, (repository) => {
    left -= 1;
    return mirrorOne({ request, repository, environment, left }, ctx);
  });
  const targets = outcomes.filter((outcome) => outcome !== undefined && 'path' in outcome);
  const coverage = outcomes.filter((outcome) => outcome !== undefined && 'status' in outcome);
  return {
    targets: targets.toSorted((a, b) => compareText(a.name, b.name)),
    coverage: coverage.toSorted((a, b) => compareText(a.source, b.source)),
  };
}

/** Those that may be there; each is a repository of its own. */
export const wikisOf = (repositories: readonly RemoteRepository[]): readonly RemoteRepository[] =>
  repositories
    .filter(({ hasWiki, disabled }) => hasWiki && !disabled)
    .map((repository) => ({
      ...repository,
      kind: 'wiki',
      // A fork comes without the wiki.
      fork: false,
      name: `${repository.name}.wiki`,
      cloneUrl: repository.cloneUrl.replace(/\.git$/, '.wiki.git'),
      webUrl: undefined,
      // GitHub shows no other branch of a wiki.
      defaultBranch: 'master',
      hasWiki: false,
      hasDiscussions: false,
      // GitHub tells that of the repository only.
      pushedAt: undefined,
    }));

interface One {
  readonly request: MirrorsRequest;
  readonly repository: RemoteRepository;
  readonly environment: () => Promise<Readonly<Record<string, string>>>;
  /** How many come behind it. */
  readonly left: number;
}

async function mirrorOne(one: One, ctx: RunContext): Promise<Outcome> {
  ctx.signal.throwIfAborted();
  const { request, repository, left } = one;
  const { name, visibility, fork, closedAt, webUrl } = repository;
  const path = mirrorFolder(request, name);
  ctx.progress.detail(`fetching ${name}, ${left} left`);
  const reason = repository.disabled
    ? 'GitHub has locked this repository; ask its owner'
    : await bring(one, path, ctx);
  if (reason === undefined) {
    const relatives = (request.relatives?.get(name) ?? []).map((other) => mirrorFolder(request, other));
    return { name, path, visibility, fork, closedAt, webUrl, relatives };
  }
  if (repository.kind === 'wiki' && isEmptyWiki(reason, request)) return undefined;
  return {
    source: name,
    kind: 'repository',
    part: 'clone',
    status: 'failed',
    expected: undefined,
    seen: 0,
    reason,
  };
}

async function bring(
  { request, repository, environment }: One,
  path: string,
  ctx: RunContext,
): Promise<MirrorOutcome> {
  // Gists and wikis have none.
  const pullRequests = request.entry.include.pullRequests && repository.kind === 'repository';
  const { timeoutMs = TIMEOUT_MS } = request;
  let env: Readonly<Record<string, string>>;
  try {
    env = await environment();
  } catch (error) {
    ctx.signal.throwIfAborted();
    return failureReason(error);
  }
  const { watchPulls } = request;
  return mirrorRepository(
    {
      repository,
      path,
      environment: env,
      pullRequests,
      timeoutMs,
      ...(watchPulls === undefined ? {} : { watchPulls }),
    },
    ctx,
  );
}

/**
 * Most repositories may have a wiki and have none: there is no repository before its first page. Whoever may read a
 * repository may read its wiki, so "not found" is no missing right.
 */
const isEmptyWiki = (reason: string, { token }: MirrorsRequest): boolean =>
  reason === NOT_FOUND || (token === undefined && reason === ASKS_FOR_TOKEN);
