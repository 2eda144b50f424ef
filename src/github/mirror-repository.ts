import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunContext } from '../core/run-context.js';
import { gitEnvironment } from '../git/git-command.js';
import { ProcessError } from '../process/process-error.js';
import { runProcess } from '../process/run.js';
import { mendMirror } from './mend-mirror.js';
import {
  forgetMirrorState,
  isUpToDate,
  mayHangOnPulls,
  readMirrorState,
  writeMirrorState,
} from './mirror-state.js';
import type { RemoteRepository } from './remote-repository.js';
import type { PullsWatch } from './watch-pulls.js';

export interface MirrorRequest {
  readonly repository: RemoteRepository;
  /** Where the bare repository is, or is to be. */
  readonly path: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly pullRequests: boolean;
  readonly timeoutMs: number;
  readonly watchPulls?: PullsWatch;
}

/** @returns why it could not be had, as a sentence for people; undefined when it is there. */
export type MirrorOutcome = string | undefined;

const CONFIG = '[core]\n\trepositoryformatversion = 0\n\tfilemode = false\n\tbare = true\n';
/** Some 400,000 refs; then a mirror is packed anew each time. */
const MAX_OUTPUT_BYTES = 16 * 1024 * 1024;

/**
 * Brings every ref of a repository into a bare one, or up to date. No address and no credential is written to disk; a first
 * fetch that fails leaves nothing behind. What the server has no ref to any more goes: a mirror holds what a new clone would.
 */
export async function mirrorRepository(
  request: MirrorRequest,
  ctx: Pick<RunContext, 'signal'>,
): Promise<MirrorOutcome> {
  const { path, repository, pullRequests } = request;
  const isThere = existsSync(join(path, 'HEAD'));
  const state = isThere ? await readMirrorState(path) : undefined;
  // Before the fetch: what moves after this answer makes the next one another.
  const pulls = pullRequests
    ? await request.watchPulls?.(repository, mayHangOnPulls(state, repository, pullRequests))
    : undefined;
  if (!isThere) return makeMirror(request, ctx, pulls);
  if (isUpToDate(state, repository, { pullRequests, pulls })) return pointHead(request, ctx);
  await mendMirror(path);
  await forgetMirrorState(path);
  const before = await tipsOf(request, ctx);
  const outcome = await fetchAll(request, ctx);
  if (outcome !== undefined) return isKnownReason(outcome) ? outcome : makeMirror(request, ctx, pulls);
  const isClean = state !== undefined && !(await hasLost(before, request, ctx));
  if (!isClean || (await packsOf(path)) > MAX_PACKS) await repack(request, ctx);
  return finish(request, ctx, pulls);
}

/**
 * Also in the place of one that git cannot work with any more.
 * @param pulls as a `PullsWatch` answered before
 */
async function makeMirror(
  request: MirrorRequest,
  ctx: Pick<RunContext, 'signal'>,
  pulls: string | undefined,
): Promise<MirrorOutcome> {
  const { path } = request;
  await rm(path, { recursive: true, force: true });
  const unmade = await makeBare(path).then(
    () => undefined,
    () => 'its folder cannot be made; see whether the disk is full',
  );
  if (unmade !== undefined) {
    await rm(path, { recursive: true, force: true });
    return unmade;
  }
  const outcome = await fetchAll(request, ctx).catch(async (error: unknown) => {
    await rm(path, { recursive: true, force: true });
    throw error;
  });
  if (outcome !== undefined) await rm(path, { recursive: true, force: true });
  return outcome ?? (await finish(request, ctx, pulls));
}

/** @param pulls as a `PullsWatch` answered before the fetch. */
async function finish(
  request: MirrorRequest,
  ctx: Pick<RunContext, 'signal'>,
  pulls: string | undefined,
): Promise<MirrorOutcome> {
  const { path, repository, pullRequests } = request;
  const outcome = await pointHead(request, ctx);
  if (outcome === undefined) {
    await writeMirrorState(path, {
      pushedAt: repository.pushedAt ?? null,
      pullRequests,
      pulls: pulls ?? null,
      defaultBranch: repository.defaultBranch,
      // On a full disk the next run asks again.
    }).catch(() => undefined);
  }
  return outcome;
}

/** Each fetch brings one; a scan opens all of them. Our judgement. */
const MAX_PACKS = 50;

async function packsOf(path: string): Promise<number> {
  const files = await readdir(join(path, 'objects/pack')).catch(() => []);
  return files.filter((file) => file.endsWith('.pack')).length;
}

/** The ids that refs name, one a line; undefined where git cannot tell. */
async function tipsOf(request: MirrorRequest, ctx: Pick<RunContext, 'signal'>): Promise<string | undefined> {
  const { problem, stdout } = await git(request, { args: ['for-each-ref', '--format=%(objectname)'] }, ctx);
  return problem === undefined ? stdout : undefined;
}

/** Whether something that a ref led to is out of reach now; true where git cannot tell. */
async function hasLost(
  before: string | undefined,
  request: MirrorRequest,
  ctx: Pick<RunContext, 'signal'>,
): Promise<boolean> {
  if (before === undefined) return true;
  const args = ['rev-list', '--objects', '--max-count=1', '--stdin', '--not', '--all'];
  const { problem, stdout } = await git(request, { args, input: before }, ctx);
  return problem !== undefined || stdout.trim() !== '';
}

/** Into one pack, without what nothing leads to. One that fails costs room, or shows more than there is: no reason to stop. */
async function repack(request: MirrorRequest, ctx: Pick<RunContext, 'signal'>): Promise<void> {
  await git(request, { args: ['repack', '-a', '-d', '-q', '-n', '--no-write-bitmap-index'] }, ctx);
  await git(request, { args: ['prune', '--expire=now'] }, ctx);
}

/** By hand, not by `git init`: no templates of the machine, and so no hooks. */
async function makeBare(path: string): Promise<void> {
  await mkdir(join(path, 'objects'), { recursive: true, mode: 0o700 });
  await mkdir(join(path, 'refs'), { recursive: true });
  await writeFile(join(path, 'config'), CONFIG);
  await writeFile(join(path, 'HEAD'), 'ref: refs/heads/main\n');
}

async function fetchAll(request: MirrorRequest, ctx: Pick<RunContext, 'signal'>): Promise<MirrorOutcome> {
  const { repository, pullRequests } = request;
  const refs = ['+refs/*:refs/*', ...(pullRequests ? [] : ['^refs/pull/*'])];
  const options = [
    '--quiet',
    '--prune',
    '--force',
    '--no-tags',
    '--no-write-fetch-head',
    '--no-auto-maintenance',
  ];
  const { problem } = await git(
    request,
    { args: [...protocolFor(repository), 'fetch', ...options, '--', repository.cloneUrl, ...refs] },
    ctx,
  );
  return problem;
}

/**
 * Nobody tells whether a wiki or a gist moved, and they have few refs: where those are the same, the first protocol needs one
 * request, and the second one two.
 */
const protocolFor = ({ kind }: RemoteRepository): readonly string[] =>
  kind === 'repository' ? [] : ['-c', 'protocol.version=0'];

/** What HEAD names decides whether a leak counts as still there. */
async function pointHead(request: MirrorRequest, ctx: Pick<RunContext, 'signal'>): Promise<MirrorOutcome> {
  const { kind, defaultBranch } = request.repository;
  const branch = `refs/heads/${defaultBranch}`;
  const only = kind === 'repository' ? undefined : await onlyBranch(request, ctx);
  const result = await git(request, { args: ['symbolic-ref', 'HEAD', only ?? branch] }, ctx);
  return result.problem === undefined ? undefined : 'git does not take the name of its default branch';
}

/** GitHub does not tell the branch of a wiki or a gist; they have one. */
async function onlyBranch(
  request: MirrorRequest,
  ctx: Pick<RunContext, 'signal'>,
): Promise<string | undefined> {
  const { stdout } = await git(
    request,
    { args: ['for-each-ref', '--count=2', '--format=%(refname)', 'refs/heads/'] },
    ctx,
  );
  const [name = '', ...others] = stdout.trim().split('\n');
  return name === '' || others.length > 0 ? undefined : name;
}

interface GitResult {
  readonly problem: string | undefined;
  readonly stdout: string;
}

async function git(
  { path, environment, timeoutMs }: MirrorRequest,
  { args, input = '' }: { readonly args: readonly string[]; readonly input?: string },
  ctx: Pick<RunContext, 'signal'>,
): Promise<GitResult> {
  try {
    const { code, stdout, stderr } = await runProcess(
      {
        command: 'git',
        args: [`--git-dir=${path}`, ...args],
        // Whoever talks to nobody needs no token.
        env: args.includes('fetch') ? environment : gitEnvironment(),
        cwd: path,
        input,
        timeoutMs,
        maxOutputBytes: MAX_OUTPUT_BYTES,
      },
      ctx,
    );
    return { problem: code === 0 ? undefined : reasonOf(code, stderr), stdout: stdout.toString('utf8') };
  } catch (error) {
    ctx.signal.throwIfAborted();
    if (!(error instanceof ProcessError)) throw error;
    return { problem: `${error.message}${error.hint === undefined ? '' : `; ${error.hint}`}`, stdout: '' };
  }
}

/** What a wiki without a page answers. */
export const NOT_FOUND = 'not found, or the token may not read it';
/** What whoever has no token is answered for what does not exist. */
export const ASKS_FOR_TOKEN = 'the server asks for a token; configure one that may read contents';

/** Looks for git's own words only: what the server says may be anybody's text, and is not repeated. */
const WORDS: readonly (readonly [words: string, reason: string])[] = [
  ['Authentication failed', 'the server does not accept the token for git; give it read access to contents'],
  ['could not read Username', ASKS_FOR_TOKEN],
  ['returned error: 403', 'the token may not read this repository; give it read access to contents'],
  ['not found', NOT_FOUND],
  ['Could not resolve host', 'the host has no address; check apiUrl and the network'],
  ['Failed to connect', 'the host cannot be reached; check the network and proxies'],
  ['Operation too slow', 'the server sent next to nothing for a minute; try again later'],
  ['No space left', 'the disk is full; give --cache-dir more room'],
  ['returned error: 5', 'the server failed; try again later'],
  ['redirect', 'the clone address redirects; name the repository as it is called now'],
];

function reasonOf(code: number, stderr: string): string {
  const own = stderr
    .split('\n')
    .filter((line) => !line.startsWith('remote:'))
    .join('\n');
  return WORDS.find(([words]) => own.includes(words))?.[1] ?? `git fetch ended with code ${code}`;
}

/** One that says nothing of the mirror: the network, the token, the disk. */
const isKnownReason = (reason: string): boolean => !reason.startsWith('git fetch ended with code');
