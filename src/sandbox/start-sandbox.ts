import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pLimit from 'p-limit';
import type { Clock } from '../core/run-context.js';
import { ALL_PLANS } from './git/side-plans.js';
import { writeRepository } from './git/write-repository.js';
import { sandboxCredentials } from './sandbox-credentials.js';
import type { ServiceName } from './server/exchange.js';
import type { Failure } from './server/failure.js';
import { type Listening, listen } from './server/listen.js';
import { RequestLog } from './server/request-log.js';
import { apiVideoService } from './services/api-video.js';
import { apiVideoAdminService } from './services/api-video-admin.js';
import { cognitive3dService } from './services/cognitive3d.js';
import { gitHttpService } from './services/git-http.js';
import { githubGraphqlService } from './services/github-graphql.js';
import { IssueBoard } from './services/github-issues.js';
import { githubService } from './services/github.js';
import { vidbeoService } from './services/vidbeo.js';

/** The port that the demo's configuration names. */
export const SANDBOX_PORT = 4817;
const IMPORTS_AT_ONCE = 4;

export interface SandboxOptions {
  /** Any free port by default. */
  readonly port?: number;
  /** An empty folder for the git repositories, which stays the caller's to remove; without it, a temporary one. */
  readonly folder?: string;
  /** For the rate limits. */
  readonly clock?: Pick<Clock, 'now'>;
  /** Services that shall fail, and how. */
  readonly failures?: Partial<Record<ServiceName, Failure>>;
}

export interface SandboxUrls {
  readonly apiVideoAdmin: string;
  readonly apiVideoVideo: string;
  readonly vidbeo: string;
  readonly cognitive3d: string;
  /** GitHub's REST API. */
  readonly github: string;
  /** Where its repositories are shown and cloned from. */
  readonly githubWeb: string;
}

export interface Sandbox {
  /** `http://127.0.0.1:PORT`. */
  readonly origin: string;
  readonly urls: SandboxUrls;
  /** The sandbox's own fake credentials, by the name of the variable that the demo's configuration reads. */
  readonly credentials: Readonly<Record<string, string>>;
  /** Where its bare repositories lie until it is closed: `<owner>/<name>.git`. */
  readonly repositories: string;
  readonly log: RequestLog;
  readonly fail: (service: ServiceName, failure: Failure | undefined) => void;
  /** Ends all connections, and removes the repositories where they were given no folder. */
  readonly close: () => Promise<void>;
}

/** The real time: limits are about real requests. `Date` could be set back while it runs. */
const RUNNING_CLOCK = { now: (): number => performance.timeOrigin + performance.now() };

/**
 * Starts the embedded vendors and GitHub on the loopback address, with the seeded company and its git repositories.
 * @throws when the port is taken, or git is missing.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const repositories = options.folder ?? (await mkdtemp(join(tmpdir(), 'keyaudit-sandbox-')));
  const remove = async (): Promise<void> => {
    if (options.folder === undefined) await rm(repositories, { recursive: true, force: true });
  };
  const failures = new Map<ServiceName, Failure>();
  const fail: Sandbox['fail'] = (service, failure) => {
    if (failure === undefined) failures.delete(service);
    else failures.set(service, failure);
  };
  for (const [service, failure] of entriesOf(options.failures ?? {})) fail(service, failure);
  const log = new RequestLog();
  try {
    await writeRepositories(repositories);
    const server = await serveCompany({ ...options, repositories, failures, log });
    const close = async (): Promise<void> => {
      await server.close();
      await remove();
    };
    const { origin } = server;
    return {
      origin,
      urls: urlsOf(origin),
      credentials: sandboxCredentials(),
      repositories,
      log,
      fail,
      close,
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

const entriesOf = (failures: Partial<Record<ServiceName, Failure>>): readonly [ServiceName, Failure][] =>
  // The keys of a record of this type are service names.
  Object.entries(failures) as [ServiceName, Failure][];

async function writeRepositories(root: string): Promise<void> {
  const limit = pLimit(IMPORTS_AT_ONCE);
  const { signal } = new AbortController();
  await limit.map(ALL_PLANS, (plan) =>
    writeRepository(plan, join(root, plan.owner, `${plan.name}.git`), signal),
  );
}

interface Serving extends Pick<SandboxOptions, 'port' | 'clock'> {
  readonly repositories: string;
  readonly failures: ReadonlyMap<ServiceName, Failure>;
  readonly log: RequestLog;
}

function serveCompany({
  port = 0,
  clock = RUNNING_CLOCK,
  repositories,
  ...rest
}: Serving): Promise<Listening> {
  const board = new IssueBoard(clock);
  const services = [
    apiVideoAdminService(clock),
    apiVideoService(clock),
    vidbeoService(),
    cognitive3dService(),
    githubService(clock, board),
    githubGraphqlService(board),
    gitHttpService(repositories),
  ];
  return listen({ port, clock, services, ...rest });
}

const urlsOf = (origin: string): SandboxUrls => ({
  apiVideoAdmin: `${origin}/api-video-admin`,
  apiVideoVideo: `${origin}/api-video`,
  vidbeo: `${origin}/vidbeo/v2`,
  cognitive3d: `${origin}/cognitive3d`,
  github: `${origin}/github/api/v3`,
  githubWeb: `${origin}/github`,
});
