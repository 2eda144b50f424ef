import type { RunContext } from '../core/run-context.js';
import type { ProcessOutput } from '../process/run.js';
import { runProcess } from '../process/run.js';
import { type ProcessRequest, type RunningProcess, startProcess } from '../process/start.js';

/**
 * What a repository's own configuration could run, switched off: a scanned repository is a stranger's.
 * `ext` and all other transports are off too, so that no command fetches what a partial clone lacks.
 */
const SAFE_CONFIGURATION = [
  'core.fsmonitor=false',
  'core.hooksPath=/dev/null',
  'core.attributesFile=/dev/null',
  'core.untrackedCache=false',
  'core.commitGraph=false',
  'core.quotePath=false',
  'log.showSignature=false',
  'protocol.allow=never',
  'gc.auto=0',
  'maintenance.auto=false',
  // Larger blobs are handed out in pieces, where they are no deltas.
  'core.bigFileThreshold=32m',
];

/**
 * Bytes that git may take for one thing, so that a small delta of something huge does not fill memory. Its lists of
 * 20 million objects fit.
 */
const ALLOC_LIMIT = 2 ** 31;

/** The whole environment of a git command over a repository that nobody vouches for. */
export function gitEnvironment(): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '/usr/bin:/bin',
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_NO_LAZY_FETCH: '1',
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_PAGER: 'cat',
    GIT_ALLOC_LIMIT: String(ALLOC_LIMIT),
  };
}

/**
 * Naming the folder spares git its search, and its question whose folder it is. It is named as the work tree too, so that a
 * configured one, anywhere on the disk, does not count.
 */
function gitRequest({ gitDir, args, indexFile, allocLimit }: GitCommand): ProcessRequest {
  return {
    command: 'git',
    args: [
      `--git-dir=${gitDir}`,
      `--work-tree=${gitDir}`,
      ...SAFE_CONFIGURATION.flatMap((setting) => ['-c', setting]),
      ...args,
    ],
    env: {
      ...gitEnvironment(),
      ...(indexFile === undefined ? {} : { GIT_INDEX_FILE: indexFile }),
      ...(allocLimit === undefined ? {} : { GIT_ALLOC_LIMIT: String(allocLimit) }),
    },
    cwd: gitDir,
  };
}

export interface GitCommand {
  /** Absolute. */
  readonly gitDir: string;
  readonly args: readonly string[];
  readonly input?: string | Uint8Array;
  /** In place of the index, as git tells its hooks; absolute. */
  readonly indexFile?: string;
  /** Bytes that git may take for one thing, in place of the usual ones. */
  readonly allocLimit?: number;
}

const SHORT_TIMEOUT_MS = 60_000;
const SHORT_OUTPUT_BYTES = 16 * 1024 * 1024;

/** Runs a git command that says little. @throws ProcessError as {@link runProcess}. */
export function runGit(command: GitCommand, ctx: Pick<RunContext, 'signal'>): Promise<ProcessOutput> {
  return runProcess(
    {
      ...gitRequest(command),
      ...(command.input === undefined ? {} : { input: command.input }),
      timeoutMs: SHORT_TIMEOUT_MS,
      maxOutputBytes: SHORT_OUTPUT_BYTES,
    },
    ctx,
  );
}

/** Starts a git command whose output is read as it comes; it takes as long as it takes. */
export function startGit(command: GitCommand, ctx: Pick<RunContext, 'signal'>): RunningProcess {
  return startProcess(gitRequest(command), ctx);
}
