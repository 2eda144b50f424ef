// npm run bench:github -- [--repositories=200] [--kill-after=15000]
// Audits an organization of many repositories again and again, as a weekly run does, on a GitHub of this file (REST with
// ETags, GraphQL, git over HTTP by git's own backend), and tells what each run asked for. Reads what `npm run build` made.
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fakeKey } from '../../dist/sandbox/fake-keys.js';

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const option = (name, fallback) =>
  process.argv.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3) ?? fallback;
const COUNT = Number(option('repositories', '200'));
const TOKEN = fakeKey('github', 'bench');
const LEAKED = fakeKey('vidbeo', 'bench-leak');
const root = mkdtempSync(join(tmpdir(), 'keyaudit-bench-github-'));
const git = (path, ...args) =>
  execFileSync('git', ['-C', path, '-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
    encoding: 'utf8',
    env: {
      ...process.env,
      GIT_AUTHOR_DATE: '2026-01-01T00:00:00Z',
      GIT_COMMITTER_DATE: '2026-01-01T00:00:00Z',
    },
  }).trim();

/** One history of 40 commits, served under every name. */
function makeRepositories() {
  const work = join(root, 'work');
  mkdirSync(work);
  git(root, 'init', '--quiet', '--initial-branch=main', work);
  for (let commit = 0; commit < 40; commit += 1) {
    const lines = Array.from(
      { length: 200 },
      (_, line) => `line ${line} of commit ${line < commit * 5 ? commit : 0}`,
    );
    writeFileSync(join(work, `file-${commit % 7}.txt`), lines.join('\n'));
    git(work, 'add', '.');
    git(work, 'commit', '--quiet', '-m', `Commit ${commit}`);
  }
  mkdirSync(join(root, 'acme'));
  git(root, 'clone', '--quiet', '--bare', work, join(root, 'acme', 'r0.git'));
  git(join(root, 'acme', 'r0.git'), 'update-ref', 'refs/pull/1/head', 'main~3');
  for (let index = 1; index < COUNT; index += 1)
    cpSync(join(root, 'acme', 'r0.git'), join(root, 'acme', `r${index}.git`), { recursive: true });
}

const repositories = Array.from({ length: COUNT }, (_, index) => ({
  name: `r${index}`,
  pushedAt: '2026-01-01T00:00:00Z',
  issues: Array.from({ length: 7 }, (_, at) => ({
    number: at + 2,
    title: `Issue ${at}`,
    body: index === 3 && at === 2 ? `VIDBEO_API_KEY=${LEAKED}` : 'It does not work. '.repeat(40),
  })),
}));

const counts = { rest: 0, unchanged: 0, graphql: 0, points: 0, git: 0, bytes: 0 };
let denied = () => false;

function restBody(url, origin) {
  const { pathname, searchParams } = new URL(url, origin);
  const [, , , , owner, name, ...rest] = pathname.split('/');
  if (pathname === '/api/v3/orgs/acme') return { public_repos: 0, total_private_repos: COUNT };
  if (pathname === '/api/v3/orgs/acme/repos') {
    const page = Number(searchParams.get('page') ?? 1);
    const items = repositories.slice((page - 1) * 100, page * 100).map((one) => ({
      id: Number(one.name.slice(1)) + 1,
      node_id: `R_${one.name}`,
      name: one.name,
      owner: { login: 'acme' },
      private: true,
      archived: false,
      fork: false,
      clone_url: `${origin}/acme/${one.name}.git`,
      default_branch: 'main',
      has_wiki: false,
      pushed_at: one.pushedAt,
      size: 10,
      description: 'As long as the answers of GitHub. '.repeat(150),
    }));
    return { list: items, next: page * 100 < COUNT ? page + 1 : undefined };
  }
  const repository = repositories.find((one) => one.name === name);
  if (owner !== 'acme' || repository === undefined) return undefined;
  const pull = { number: 1, title: 'Pull', body: 'request' };
  const lists = {
    issues: [{ ...pull, pull_request: {} }, ...repository.issues],
    'issues/comments': repository.issues.map(({ number }) => ({ id: number, body: 'Me too. '.repeat(30) })),
    pulls: [pull],
    'pulls/comments': [{ id: 1, body: 'Nice.' }],
    comments: [],
    releases: [],
  };
  const list = lists[rest.join('/')];
  return list === undefined ? undefined : { list };
}

function rest(request, response, origin) {
  counts.rest += 1;
  const body = denied(request.url) ? null : restBody(request.url, origin);
  if (body === null || body === undefined)
    return send(response, body === null ? 403 : 404, {}, '{"message":"no"}');
  const text = JSON.stringify(body.list ?? body);
  const etag = `W/"${createHash('sha256').update(text).digest('hex')}"`;
  const next =
    body.next === undefined
      ? {}
      : { link: `<${origin}${request.url.replace(/&page=\d+/, '')}&page=${body.next}>; rel="next"` };
  if (request.headers['if-none-match'] === etag) {
    counts.unchanged += 1;
    return send(response, 304, { etag, ...next });
  }
  return send(response, 200, { etag, ...next, 'content-type': 'application/json' }, text);
}

function graphql(request, response) {
  counts.graphql += 1;
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const { variables } = JSON.parse(Buffer.concat(chunks).toString());
    if (variables.ids !== undefined) return activity(variables.ids, response);
    return reviewsOf(response);
  });
}

const changes = (count, updatedAt) => ({ totalCount: count, nodes: count === 0 ? [] : [{ updatedAt }] });

/** What changed last around repositories, and what GitHub counts for it. */
function activity(ids, response) {
  const cost = Math.max(1, Math.round((1 + 6 * ids.length) / 100));
  counts.points += cost;
  const nodes = ids.map((id) => {
    const { issues, pushedAt } = repositories.find(({ name }) => id === `R_${name}`);
    return {
      id,
      hasIssuesEnabled: true,
      parent: null,
      issues: changes(issues.length, pushedAt),
      pulls: changes(1, '2026-01-01T00:00:00Z'),
      open: { totalCount: 1, nodes: [{ number: 1, headRefOid: '1'.repeat(40) }] },
      discussions: changes(0),
      releases: changes(0),
      commitComments: changes(0),
    };
  });
  const errors = ids.map((_, at) => ({ type: 'FORBIDDEN', path: ['nodes', at] }));
  const body = { data: { rateLimit: { cost }, nodes }, ...(denied('/issues') ? { errors } : {}) };
  send(response, 200, { 'content-type': 'application/json' }, JSON.stringify(body));
}

function reviewsOf(response) {
  counts.points += 2;
  const pageInfo = { hasNextPage: false, endCursor: null };
  const reviews = { pageInfo, nodes: [{ id: '5', body: 'Looks good' }] };
  const data = {
    rateLimit: { cost: 2 },
    repository: { pullRequests: { pageInfo, nodes: [{ number: 1, reviews }] } },
  };
  send(response, 200, { 'content-type': 'application/json' }, JSON.stringify({ data }));
}

function send(response, status, headers, body) {
  counts.bytes += Buffer.byteLength(body ?? '');
  response.writeHead(status, headers);
  response.end(body);
}

/** A CGI of git's own backend (RFC 3875). */
function serveGit(request, response) {
  counts.git += 1;
  const [path, query = ''] = request.url.split('?');
  const child = spawn('git', ['http-backend'], {
    env: {
      PATH: process.env.PATH,
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: path,
      QUERY_STRING: query,
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
      GIT_PROTOCOL: request.headers['git-protocol'] ?? '',
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'safe.directory',
      GIT_CONFIG_VALUE_0: '*',
    },
  });
  request.pipe(child.stdin);
  const chunks = [];
  child.stdout.on('data', (chunk) => chunks.push(chunk));
  child.on('close', () => {
    const all = Buffer.concat(chunks);
    const end = all.indexOf('\r\n\r\n');
    const headers = Object.fromEntries(
      all
        .subarray(0, end)
        .toString()
        .split('\r\n')
        .map((line) => line.split(/: ?(.*)/s, 2)),
    );
    const { Status: status = '200', ...others } = headers;
    counts.bytes += all.length - end;
    response.writeHead(Number.parseInt(status, 10), others);
    response.end(all.subarray(end + 4));
  });
}

const server = createServer((request, response) => {
  const origin = `http://${request.headers.host}`;
  if (request.url.startsWith('/api/graphql')) graphql(request, response);
  else if (request.url.startsWith('/api/v3')) rest(request, response, origin);
  else serveGit(request, response);
});

/** One audit. @param killAfter milliseconds after which it is interrupted */
async function audit(what, { killAfter, cache = 'cache' } = {}) {
  Object.assign(counts, { rest: 0, unchanged: 0, graphql: 0, points: 0, git: 0, bytes: 0 });
  const start = performance.now();
  const args = [
    'audit',
    '--format',
    'json',
    '--out',
    'out',
    '--cache-dir',
    cache,
    '--quiet',
    '--as-of',
    '2026-11-01',
  ];
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd: root,
    env: { ...process.env, GITHUB_TOKEN: TOKEN },
    stdio: 'ignore',
  });
  if (killAfter !== undefined) setTimeout(() => child.kill('SIGINT'), killAfter);
  const code = await new Promise((resolve) => child.on('close', (exit) => resolve(exit)));
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(
    JSON.stringify({ what, code, seconds, ...counts, bytes: `${(counts.bytes / 1e6).toFixed(2)} MB` }),
  );
}

const report = () => {
  const { findings, coverage } = JSON.parse(readFileSync(join(root, 'out/keyaudit.json'), 'utf8'));
  return JSON.stringify({ findings, coverage });
};

try {
  makeRepositories();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const apiUrl = `http://127.0.0.1:${server.address().port}/api/v3`;
  const config = `version: 1\nrepositories:\n  github:\n    - { apiUrl: '${apiUrl}', token: { env: GITHUB_TOKEN }, orgs: [acme] }\n`;
  writeFileSync(join(root, 'audit.config.yaml'), config);
  await audit('first run');
  const first = report();
  await audit('second run, nothing moved');
  console.log(`same findings and coverage: ${report() === first}`);
  await audit('third run, nothing moved');
  console.log(`same findings and coverage: ${report() === first}`);
  for (const one of repositories.slice(0, 5)) {
    const path = join(root, 'acme', `${one.name}.git`);
    git(
      path,
      'update-ref',
      'refs/heads/main',
      git(path, 'commit-tree', 'main^{tree}', '-p', 'main', '-m', 'New'),
    );
    one.pushedAt = '2026-02-02T00:00:00Z';
    one.issues.push({ number: 99, title: 'New', body: 'New' });
  }
  await audit('fourth run, five repositories moved');
  const moved = report();
  await audit('without what was kept', { cache: 'other-cache' });
  console.log(`same findings and coverage: ${report() === moved}`);
  await audit('interrupted', { killAfter: Number(option('kill-after', '15000')), cache: 'third-cache' });
  await audit('and continued', { cache: 'third-cache' });
  console.log(`same findings and coverage: ${report() === moved}`);
  denied = (url) => /\/(?:issues|pulls)/.test(url);
  await audit('with a token that lacks rights', { cache: 'cache' });
} finally {
  server.close();
  server.closeAllConnections();
  rmSync(root, { recursive: true, force: true });
}
