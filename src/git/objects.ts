import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RunContext } from '../core/run-context.js';
import { BatchParser } from './batch-parser.js';
import type { GitCommand } from './git-command.js';
import { splitRecords, streamGit } from './stream-git.js';

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
  /** Is asked before others are shown: goes on with what is left to do of the object that ended; false when nothing is left. Absent: that is always so. */
  goOn?(): boolean;
}

export interface ObjectsRead {
  readonly objects: number;
  /** Objects that the store lists and cannot give. */
  readonly missing: number;
  /** Why not all were read, for people. */
  readonly problem: string | undefined;
}

/** Ids are held as text: of so many they take some 500 MB. Behind a broken object in a larger store nothing is read, which is told. */
const MAX_LISTED = 8_000_000;

/**
 * Shows every object of a repository's store once, also those that no branch reaches, in no particular order: those behind one
 * that git gives up at too. Memory does not grow with their size.
 */
export async function readAllObjects(
  gitDir: string,
  sink: ObjectSink,
  ctx: Pick<RunContext, 'signal'>,
): Promise<ObjectsRead> {
  const read = await readBatch({ gitDir, args: [...ALL_OBJECTS, '--batch'] }, sink, ctx);
  if (!read.gaveUp) return read;
  // The same order again, so what stands behind the last one is what was not read.
  const done = read.objects + read.missing;
  const ids = await listBehind(gitDir, done, ctx);
  if (ids === undefined || ids.length === 0) return read;
  const rest = await readObjects({ gitDir, ids: ids.slice(1) }, sink, ctx);
  return {
    objects: read.objects + rest.objects,
    missing: read.missing + 1 + rest.missing,
    problem: rest.problem,
  };
}

const ALL_OBJECTS = ['cat-file', '--batch-all-objects', '--unordered', '--buffer'];

/** The ids of all objects but the first ones; undefined when there are too many, or they cannot be listed. */
async function listBehind(
  gitDir: string,
  first: number,
  ctx: Pick<RunContext, 'signal'>,
): Promise<string[] | undefined> {
  const ids: string[] = [];
  let at = 0;
  const take = splitRecords(10, (line) => {
    if (at >= first && ids.length <= MAX_LISTED) ids.push(line.toString('latin1'));
    at += 1;
  });
  const args = [...ALL_OBJECTS, '--batch-check=%(objectname)'];
  const { problem } = await streamGit({ gitDir, args }, take, ctx);
  return problem === undefined && ids.length <= MAX_LISTED ? ids : undefined;
}

/** Each one costs a process; a store with more that is broken is hardly one. */
const MAX_RESTARTS = 200;
/** Ids for one process: as one text they must fit into a string. */
const MAX_ASKED = 1_000_000;
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
  let [restarts, problem]: [number, string | undefined] = [0, undefined];
  while (objects + missing < ids.length && restarts <= MAX_RESTARTS) {
    const done = objects + missing;
    const input = `${ids.slice(done, done + MAX_ASKED).join('\n')}\n`;
    const args = ['cat-file', '--batch', '--buffer'];
    const read = await readBatch({ gitDir, args, input, allocLimit: MAX_WHOLE_BYTES }, sink, ctx);
    objects += read.objects;
    missing += read.missing;
    problem = read.problem;
    const isStuck = read.objects + read.missing === 0 && !read.gaveUp;
    const isBroken = problem !== undefined && !read.gaveUp;
    if (isStuck || isBroken || objects + missing >= ids.length) return { objects, missing, problem };
    if (!read.gaveUp) continue;
    restarts += 1;
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
  const takeTurns = async (): Promise<void> => {
    do {
      await nextTurn();
      ctx.signal.throwIfAborted();
    } while (sink.goOn?.() === true);
  };
  const take = async (chunk: Buffer): Promise<void> => {
    for (let at = 0; at < chunk.length; ) {
      at = parser.step(chunk, at);
      if (sink.goOn?.() === true) await takeTurns();
    }
  };
  const { problem, code } = await streamGit(command, take, ctx);
  const cutOff = parser.breakOff() ? 'the list of objects was cut off' : undefined;
  if (sink.goOn?.() === true) await takeTurns();
  return {
    objects: parser.objects,
    missing: parser.missing,
    problem: problem ?? cutOff,
    gaveUp: code !== undefined && code !== 0,
  };
}
