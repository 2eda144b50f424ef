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

/** Shows the named objects; those that the store lacks are counted. */
export async function readObjects(
  { gitDir, ids }: { readonly gitDir: string; readonly ids: readonly string[] },
  sink: ObjectSink,
  ctx: Pick<RunContext, 'signal'>,
): Promise<ObjectsRead> {
  if (ids.length === 0) return { objects: 0, missing: 0, problem: undefined };
  return readBatch(
    { gitDir, args: ['cat-file', '--batch', '--buffer'], input: `${ids.join('\n')}\n` },
    sink,
    ctx,
  );
}

async function readBatch(
  command: GitCommand,
  sink: ObjectSink,
  ctx: Pick<RunContext, 'signal'>,
): Promise<ObjectsRead> {
  const parser = new BatchParser(sink);
  const { problem } = await streamGit(command, (chunk) => parser.push(chunk), ctx);
  const cutOff = parser.isComplete ? undefined : 'the list of objects was cut off';
  return { objects: parser.objects, missing: parser.missing, problem: problem ?? cutOff };
}
