import { PassThrough } from 'node:stream';
import type { Readable } from 'node:stream';
import { type RunningProcess, startProcess } from '../../process/start.js';
import type { RepositoryPlan } from '../git/plan.js';
import { ALL_PLANS } from '../git/side-plans.js';
import { sandboxGitEnvironment } from '../git/sandbox-git-environment.js';
import { defineService } from '../server/define-service.js';
import type { Answer, Exchange, RefusalStatus, Service } from '../server/exchange.js';
import type { Route } from '../server/route.js';
import { readCgiHead } from './cgi-head.js';
import { type GithubCaller, githubCaller } from './github-auth.js';

const refuse = (status: RefusalStatus): Answer => ({
  status,
  ...(status === 401 ? { headers: { 'WWW-Authenticate': 'Basic realm="GitHub"' } } : {}),
  body: { message: `refused: ${status}` },
});

/** Repositories over HTTP, for reading only, by git's own `http-backend`. */
export function gitHttpService(root: string): Service {
  const serve = route(root);
  return defineService<GithubCaller>({
    name: 'git',
    prefix: '/github',
    authenticate: githubCaller,
    routes: [serve('GET', '/info/refs'), serve('GET', '/HEAD'), serve('POST', '/git-upload-pack')],
    refuse,
  });
}

const route =
  (root: string) =>
  (method: 'GET' | 'POST', suffix: string): Route<GithubCaller> => ({
    method,
    pattern: `/:owner/:repository${suffix}`,
    answer: ({ exchange, params, caller }) => {
      const plan = planOf(params.get('owner'), params.get('repository'));
      // A push asks for `git-receive-pack` here first.
      if (exchange.query.get('service') === 'git-receive-pack') return refuse(405);
      const mayRead = plan !== undefined && (plan.visibility === 'public' || caller.seesPrivate);
      // As GitHub does: whoever did not say who they are is asked, before "not found".
      if (!mayRead) return refuse(caller.login === '' ? 401 : 404);
      return runBackend(exchange, { root, path: `/${plan.owner}/${plan.name}.git${suffix}` });
    },
  });

const planOf = (owner: string | undefined, directory: string | undefined): RepositoryPlan | undefined =>
  ALL_PLANS.find(
    (plan) => plan.owner === owner && (directory === plan.name || directory === `${plan.name}.git`),
  );

async function runBackend(
  exchange: Exchange,
  at: { readonly root: string; readonly path: string },
): Promise<Answer> {
  const { request, signal } = exchange;
  const child = startProcess(
    { command: 'git', args: ['http-backend'], env: cgiEnvironment(exchange, at) },
    { signal },
  );
  request.pipe(child.stdin);
  request.once('close', () => {
    if (!request.complete) child.kill();
  });
  const head = await readCgiHead(child.stdout);
  if (head === undefined) return brokenBackend(child);
  return { status: head.status, headers: head.headers, stream: withExit(child, head.rest) };
}

function cgiEnvironment(
  { request, query, method }: Exchange,
  at: { root: string; path: string },
): Record<string, string> {
  const { headers } = request;
  const given = {
    CONTENT_TYPE: headers['content-type'],
    CONTENT_LENGTH: headers['content-length'],
    HTTP_CONTENT_ENCODING: headers['content-encoding'],
    GIT_PROTOCOL: headers['git-protocol'],
  };
  const present = Object.entries(given).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value]] : [],
  );
  return {
    ...sandboxGitEnvironment(),
    ...Object.fromEntries(present),
    GIT_PROJECT_ROOT: at.root,
    GIT_HTTP_EXPORT_ALL: '1',
    PATH_INFO: at.path,
    QUERY_STRING: query.toString(),
    REQUEST_METHOD: method,
  };
}

function brokenBackend(child: RunningProcess): Answer {
  child.kill();
  return refuse(500);
}

/** The rest of the body; breaks when git did, so that a half pack never looks whole. */
function withExit(child: RunningProcess, rest: Buffer): Readable {
  const body = new PassThrough();
  body.write(rest);
  child.stdout.pipe(body, { end: false });
  body.once('close', () => child.kill());
  void child.exit.then((exit) => {
    if (exit.kind === 'exited' && exit.code === 0) body.end();
    else body.destroy(new Error('git http-backend failed'));
  });
  return body;
}
