import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { ProcessError } from './process-error.js';
import { onAbort } from './on-abort.js';

/** Enough for a tool's last words, too little to fill memory. */
const STDERR_TAIL_BYTES = 16 * 1024;
/** Time between asking a process to stop and making it stop; an interrupted audit has two seconds in all. */
const KILL_GRACE_MS = 500;

export interface ProcessRequest {
  /** A program's name (looked up in `env.PATH`) or path. Never a shell line. */
  readonly command: string;
  readonly args: readonly string[];
  /** The whole environment; nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Kills the process after this time. */
  readonly timeoutMs?: number;
}

/** How a process ended. */
export type ProcessExit =
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'failed'; readonly error: ProcessError };

export interface RunningProcess {
  /** Ignores a reader that went away: how the process ended says it better. */
  readonly stdin: Writable;
  readonly stdout: Readable;
  /** The last 16 KiB of standard error. May hold anything: show it to nobody without a look. */
  readonly stderrTail: () => string;
  /** Resolves when the process is gone and its output was read; never rejects. */
  readonly exit: Promise<ProcessExit>;
  /** Ends the process and its children. Safe to call at any time. */
  readonly kill: () => void;
}

/**
 * Starts a command without a shell, in a process group of its own, so that its children end with it.
 * It is killed when `signal` aborts; `exit` then tells `killed`.
 */
export function startProcess(request: ProcessRequest, ctx: { readonly signal: AbortSignal }): RunningProcess {
  const child = spawn(request.command, request.args, {
    env: { ...request.env },
    ...(request.cwd === undefined ? {} : { cwd: request.cwd }),
    stdio: ['pipe', 'pipe', 'pipe'],
    shell: false,
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  child.stdin.on('error', () => undefined);
  const kill = once(() => killGroup(child));
  return {
    stdin: child.stdin,
    stdout: child.stdout,
    stderrTail: keepTail(child.stderr),
    exit: awaitExit(child, request, { signal: ctx.signal, kill }),
    kill,
  };
}

interface Ending {
  readonly signal: AbortSignal;
  readonly kill: () => void;
}

function awaitExit(
  child: ChildProcessWithoutNullStreams,
  request: ProcessRequest,
  { signal, kill }: Ending,
): Promise<ProcessExit> {
  let timedOut = false;
  // A real timer, not the injected clock: it bounds a real process, whatever time the audit believes it is.
  const timer =
    request.timeoutMs === undefined
      ? undefined
      : setTimeout(() => {
          timedOut = true;
          kill();
        }, request.timeoutMs);
  if (signal.aborted) kill();
  const release = onAbort(signal, kill);
  const { promise, resolve } = withResolvers<ProcessExit>();
  child.once('error', (error: NodeJS.ErrnoException) => {
    if (child.pid === undefined) resolve({ kind: 'failed', error: notStarted(request.command, error) });
  });
  child.once('close', (code, signalName) => {
    if (timedOut) resolve({ kind: 'failed', error: timeLimit(request) });
    else if (code === null) resolve({ kind: 'failed', error: killedBy(request.command, signalName) });
    else resolve({ kind: 'exited', code });
  });
  return promise.finally(() => {
    clearTimeout(timer);
    release();
  });
}

function notStarted(command: string, error: NodeJS.ErrnoException): ProcessError {
  const hint =
    error.code === 'ENOENT'
      ? 'Install it, or give its full path; also check that the working folder exists.'
      : 'Check that it may be executed.';
  return new ProcessError('not-started', `cannot start ${command}: ${error.code ?? 'unknown error'}`, {
    hint,
  });
}

const timeLimit = ({ command, timeoutMs }: ProcessRequest): ProcessError =>
  new ProcessError('timed-out', `${command} did not end within ${timeoutMs} ms and was stopped`);

const killedBy = (command: string, name: string | null): ProcessError =>
  new ProcessError('killed', `${command} was ended by ${name ?? 'a signal'}`);

function killGroup(child: ChildProcessWithoutNullStreams): void {
  if (child.pid === undefined) return;
  sendSignal(child, child.pid, 'SIGTERM');
  const pid = child.pid;
  const timer = setTimeout(() => {
    sendSignal(child, pid, 'SIGKILL');
    // Something outside of the group may hold the pipes open; the process itself is gone.
    child.stdout.destroy();
    child.stderr.destroy();
  }, KILL_GRACE_MS);
  child.once('close', () => clearTimeout(timer));
}

function sendSignal(child: ChildProcessWithoutNullStreams, pid: number, name: NodeJS.Signals): void {
  try {
    if (process.platform === 'win32') child.kill(name);
    else process.kill(-pid, name);
  } catch {
    // The group is gone already.
  }
}

function keepTail(stream: Readable): () => string {
  let tail = Buffer.alloc(0);
  stream.on('data', (chunk: Buffer) => {
    tail = Buffer.concat([tail, chunk]).subarray(-STDERR_TAIL_BYTES);
  });
  stream.on('error', () => undefined);
  return () => tail.toString('utf8');
}

function once(action: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    action();
  };
}

/** `Promise.withResolvers`, which Node 20 does not have. */
function withResolvers<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
