import type { RunContext } from '../core/run-context.js';
import type { RunningProcess } from '../process/start.js';
import { type GitCommand, startGit } from './git-command.js';

/** How a streamed command ended: `problem` is a sentence for people, undefined when all went well. */
export interface StreamEnd {
  readonly problem: string | undefined;
  /** Its exit code, where it ended by itself and all that it wrote was understood. */
  readonly code?: number;
}

/**
 * Feeds a git command's output to `take`, chunk by chunk, and `input` to the command meanwhile.
 * @throws `signal.reason` when that is aborted; what `take` throws, unless that is {@link UnexpectedOutput}.
 */
export async function streamGit(
  command: GitCommand,
  take: (chunk: Buffer) => void | Promise<void>,
  ctx: Pick<RunContext, 'signal'>,
): Promise<StreamEnd> {
  const child = startGit(command, ctx);
  child.stdin.end(command.input ?? '');
  const unread = await readOutput(child, take);
  const exit = await child.exit;
  ctx.signal.throwIfAborted();
  if (unread !== undefined) return { problem: unread };
  if (exit.kind === 'failed') return { problem: exit.error.message };
  const name = `git ${command.args.find((arg) => !arg.startsWith('-')) ?? ''}`;
  return { problem: exit.code === 0 ? undefined : `${name} ended with code ${exit.code}`, code: exit.code };
}

/** @returns what was wrong with the text. Then the command is stopped, and what was read until then stays. */
async function readOutput(
  child: RunningProcess,
  take: (chunk: Buffer) => void | Promise<void>,
): Promise<string | undefined> {
  try {
    for await (const chunk of child.stdout) await take(chunk as Buffer); // no encoding is set: always a Buffer
    return undefined;
  } catch (error) {
    if (error instanceof UnexpectedOutput) return error.message;
    if (!isBrokenStream(error)) throw error;
    return undefined;
  } finally {
    child.kill();
  }
}

/** Git wrote what nobody expects of it: another version, or a repository made to confuse. */
export class UnexpectedOutput extends Error {}

/** The pipe broke because the process went away; how it ended says it better. */
function isBrokenStream(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
}

/** Cuts chunks into records that end with `separator`; a record longer than `maxBytes` is an error. */
export function splitRecords(
  separator: number,
  take: (record: Buffer) => void,
  maxBytes = 1024 * 1024,
): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  return (chunk) => {
    const data = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let from = 0;
    for (let end = data.indexOf(separator); end >= 0; end = data.indexOf(separator, from)) {
      take(data.subarray(from, end));
      from = end + 1;
    }
    rest = data.subarray(from);
    if (rest.length > maxBytes) throw new UnexpectedOutput('git wrote a record longer than any should be');
  };
}
