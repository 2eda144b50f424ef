import type { Readable } from 'node:stream';
import { ProcessError } from './process-error.js';
import { type ProcessRequest, startProcess } from './start.js';

export interface RunRequest extends ProcessRequest {
  /** Written to standard input, which is closed after it. */
  readonly input?: string | Uint8Array;
  readonly timeoutMs: number;
  /** Of standard output; one byte more ends the process. */
  readonly maxOutputBytes: number;
}

export interface ProcessOutput {
  /** The exit code; not 0 is an answer too. */
  readonly code: number;
  readonly stdout: Buffer;
  /** The last 16 KiB of standard error. */
  readonly stderr: string;
}

/**
 * Runs a short command to its end, without a shell.
 * @throws ProcessError when it cannot start, takes too long, says too much or is killed; `signal.reason` when that is aborted.
 */
export async function runProcess(
  request: RunRequest,
  ctx: { readonly signal: AbortSignal },
): Promise<ProcessOutput> {
  ctx.signal.throwIfAborted();
  const child = startProcess(request, ctx);
  child.stdin.end(request.input ?? '');
  const [stdout, exit] = await Promise.all([
    readAtMost(child.stdout, request.maxOutputBytes, child.kill),
    child.exit,
  ]);
  ctx.signal.throwIfAborted();
  if (stdout === 'too much') {
    const message = `${request.command} wrote more than ${request.maxOutputBytes} bytes and was stopped`;
    throw new ProcessError('too-much-output', message);
  }
  if (exit.kind === 'failed') throw exit.error;
  return { code: exit.code, stdout, stderr: child.stderrTail() };
}

function readAtMost(stream: Readable, maxBytes: number, stop: () => void): Promise<Buffer | 'too much'> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    stream.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= maxBytes) chunks.push(chunk);
      else stop();
    });
    // How the process ended tells about a broken pipe.
    stream.on('error', () => undefined);
    stream.once('close', () => resolve(bytes > maxBytes ? 'too much' : Buffer.concat(chunks)));
  });
}
