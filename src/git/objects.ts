import type { RunContext } from '../core/run-context.js';
import { BatchParser } from './batch-parser.js';
import type { GitCommand } from './git-command.js';
import { streamGit } from './stream-git.js';

export type ObjectType = 'blob' | 'tree' | 'commit' | 'tag';

export interface ObjectHead {
  /** 40 or 64 hex digits. */
  readonly id: string;
  readonly type: ObjectType;
  /** Bytes of the content. */
  readonly size: number;
}

/** Is shown every object: `begin`, then its content in pieces (none for an empty one), then `end`. */
export interface ObjectSink {
  begin(head: ObjectHead): void;
  /** The bytes are only lent: they change after the call. */
  data(bytes: Uint8Array): void;
  end(): void;
}

export interface ObjectsRead {
  readonly objects: number;
  /** Objects that the store lists and cannot give. */
  readonly missing: number;
  /** Why not all were read, for people. */
  readonly problem: string | undefined;
}

/**
 * Shows every object of a repository's store once, also those that no branch reaches, in no particular order.
 * Memory does not grow with their size.
 */
export async function readAllObjects(
  gitDir: string,
  sink: ObjectSink,
  ctx: Pick<RunContext, 'signal'>,
): Promise<ObjectsRead> {
  return readBatch(
    { gitDir, args: ['cat-file', '--batch-all-objects', '--batch', '--unordered', '--buffer'] },
    sink,
    ctx,
  );
}

/** Each one costs a process; a store with more that is broken is hardly one. */
const MAX_RESTARTS = 200;
/** Git makes no deltas of larger blobs (its `core.bigFileThreshold`) and hands them out in pieces; it needs room for two. */
const MAX_WHOLE_BYTES = 512 * 1024 * 1024;

/**
 * Shows the named objects; those that the store lacks, or cannot give, are counted: git gives up at each of the latter, and
 * is started again behind it. Of one that breaks off, the beginning is shown.
 */
export async function readObjects(
  { gitDir, ids }: { readonly gitDir: string; readonly ids: readonly string[] },
  sink: ObjectSink,
  ctx: Pick<RunContext, 'signal'>,
): Promise<ObjectsRead> {
  let [objects, missing] = [0, 0];
  let problem: string | undefined;
  for (let restarts = 0; objects + missing < ids.length && restarts <= MAX_RESTARTS; restarts += 1) {
    const input = `${ids.slice(objects + missing).join('\n')}\n`;
    const args = ['cat-file', '--batch', '--buffer'];
    const read = await readBatch({ gitDir, args, input, allocLimit: MAX_WHOLE_BYTES }, sink, ctx);
    objects += read.objects;
    missing += read.missing;
    problem = read.problem;
    if (!read.gaveUp || objects + missing >= ids.length) return { objects, missing, problem };
    missing += 1;
  }
  return { objects, missing, problem: objects + missing < ids.length ? problem : undefined };
}

interface BatchRead extends ObjectsRead {
  /** Git ended by itself, because of the object that it was at. */
  readonly gaveUp: boolean;
}

async function readBatch(
  command: GitCommand,
  sink: ObjectSink,
  ctx: Pick<RunContext, 'signal'>,
): Promise<BatchRead> {
  const parser = new BatchParser(sink);
  const { problem, code } = await streamGit(command, (chunk) => parser.push(chunk), ctx);
  const cutOff = parser.breakOff() ? 'the list of objects was cut off' : undefined;
  return {
    objects: parser.objects,
    missing: parser.missing,
    problem: problem ?? cutOff,
    gaveUp: code !== undefined && code !== 0,
  };
}
