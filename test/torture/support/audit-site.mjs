// A small audit that runs in a second or two: the sandbox's vendors without the slow one, a few of its repositories, and
// a folder with configuration, register, baseline, cache and reports, which is put back for every try.
import { spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SANDBOX_AS_OF } from '../../../dist/sandbox/as-of.js';
import { RequestLog } from '../../../dist/sandbox/server/request-log.js';
import { listen } from '../../../dist/sandbox/server/listen.js';
import { cognitive3dService } from '../../../dist/sandbox/services/cognitive3d.js';
import { gitHttpService } from '../../../dist/sandbox/services/git-http.js';
import { githubGraphqlService } from '../../../dist/sandbox/services/github-graphql.js';
import { IssueBoard } from '../../../dist/sandbox/services/github-issues.js';
import { githubService } from '../../../dist/sandbox/services/github.js';
import { vidbeoService } from '../../../dist/sandbox/services/vidbeo.js';
import { startSandbox } from '../../../dist/sandbox/start-sandbox.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
export const MAIN = join(ROOT, 'dist/cli/main.js');
const CLOCK = { now: () => performance.timeOrigin + performance.now() };
export const REPOSITORIES = ['docs', 'cms'].map((name) => `fjordlight/${name}`);

const configOf = (origin) =>
  readFileSync(join(ROOT, 'audit.config.yaml'), 'utf8')
    .replaceAll('http://127.0.0.1:4817', origin)
    .replace(/\n {2}- id: video-prod[\s\S]*?(?=\n {2}- id: )/, '')
    .replace(/\n {6}orgs: [^\n]*\n {6}users: [^\n]*/, `\n      repos: [${REPOSITORIES.join(', ')}]`)
    .replace(
      /( {6}include:)[\s\S]*?(?=\n\n)/,
      '$1 { issues: false, commitComments: false, releases: false, wikis: false }',
    )
    .replace(/(\n {6}- id: bi-nightly\n)[\s\S]*?(?=\n\n?[a-z#])/, '');

/** The vendors and the GitHub of the sandbox, at a port that they come back to. */
async function startServer() {
  const folder = mkdtempSync(join(tmpdir(), 'torture-server-'));
  const first = await startSandbox({ folder });
  const { credentials, origin } = first;
  await first.close();
  const board = new IssueBoard(CLOCK);
  const services = [
    vidbeoService(),
    cognitive3dService(),
    githubService(CLOCK, board),
    githubGraphqlService(board),
    gitHttpService(folder),
  ];
  const open = () =>
    listen({
      port: Number(new URL(origin).port),
      clock: CLOCK,
      services,
      failures: new Map(),
      log: new RequestLog(),
    });
  let server = await open();
  return {
    origin,
    credentials,
    repositories: folder,
    down: async () => {
      await server?.close();
      server = undefined;
    },
    up: async () => {
      server ??= await open();
    },
    end: async () => {
      await server?.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Every file below a folder but drafts, by its path there, as latin1. */
export function filesIn(folder) {
  if (!existsSync(folder)) return {};
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort();
  return Object.fromEntries(
    paths.map((path) => [path.slice(folder.length + 1), readFileSync(path, 'latin1')]),
  );
}

const isDraft = (path) => /(?:^|\/)\.[^/]*\.[0-9a-f]{8}-\d+-[0-9a-f]{12}\.tmp$/.test(path);
export const draftsIn = (files) => Object.keys(files).filter(isDraft);
export const wholeFilesIn = (files) =>
  Object.fromEntries(Object.entries(files).filter(([path]) => !isDraft(path)));

export async function openSite() {
  const server = await startServer();
  const folder = mkdtempSync(join(tmpdir(), 'torture-site-'));
  const path = (name) => join(folder, name);
  mkdirSync(path('work'));
  mkdirSync(path('tmp'));
  writeFileSync(path('audit.config.yaml'), configOf(server.origin));
  cpSync(join(ROOT, 'audit.keys.yaml'), path('audit.keys.yaml'));
  /** Starts the program; `ended` resolves to its exit code, signal, seconds and what it said. */
  const start = (args, { execArgv = [], prefix = [], env = {}, cwd = folder } = {}) => {
    const command = [...prefix, process.execPath, ...execArgv, MAIN, ...args];
    const child = spawn(command[0], command.slice(1), {
      cwd,
      env: { PATH: process.env.PATH, TMPDIR: path('tmp'), ...server.credentials, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (said += bytes));
    const began = performance.now();
    const ended = new Promise((resolve) =>
      child.on('close', (code, signal) =>
        resolve({ code, signal, said, seconds: (performance.now() - began) / 1000 }),
      ),
    );
    return { child, ended };
  };
  const audit = (extra = [], options = {}) =>
    start(['audit', '--as-of', SANDBOX_AS_OF, '--cache-dir', 'cache', '--out', 'reports', ...extra], options);
  return {
    server,
    folder,
    path,
    start,
    audit,
    asOf: SANDBOX_AS_OF,
    end: async () => {
      await server.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
