import { existsSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { RunContext } from '../../core/run-context.js';
import type { LoosePart } from '../loose/loose-part.js';
import type { PackPart } from './pack-part.js';

/** Threads beside this one: each runs `file`, which is given `{ part, judging }` as its data or else as a message, must judge as this one does, and sends a message at its end. */
export interface PackHelpers {
  readonly count: number;
  /** Smaller packs are read without them: a thread's start takes as long. */
  readonly minPackBytes: number;
  readonly file: URL;
  readonly judging: unknown;
}

interface Readers {
  /** Whether all of them came to their ends; false when one gave up or died. */
  readonly finished: Promise<boolean>;
  /** @throws WebAssembly.RuntimeError when one of them will do no more. */
  throwIfDead(): void;
  stop(): void;
}

/** Threads that were started before anybody knew what they are to read. */
let ready: readonly { readonly worker: Worker; readonly file: string }[] = [];

/** Starts threads that {@link readTogether} may use, for a start takes them some 50 milliseconds. They hold nobody up. */
export function readyReaders(count: number, file: URL): void {
  if (!existsSync(file)) return;
  ready = Array.from({ length: count }, () => {
    const worker = new Worker(file);
    worker.unref();
    const drop = (): void => {
      ready = ready.filter((each) => each.worker !== worker);
    };
    worker.once('error', drop);
    worker.once('exit', drop);
    return { worker, file: file.href };
  });
}

function startReader(file: URL, task: unknown): Worker {
  const { worker } = ready.find((each) => each.file === file.href) ?? {};
  if (worker === undefined) return new Worker(file, { workerData: task });
  ready = ready.filter((each) => each.worker !== worker);
  worker.ref();
  worker.postMessage(task);
  return worker;
}

/** Starts a thread for every part of the plan but the first. */
function startReaders(part: PackPart | LoosePart, { file, judging }: PackHelpers): Readers {
  let isDead = false;
  const others = existsSync(file) ? part.plan.threadsAt.slice(1) : [];
  const workers = others.map((_at, i) => startReader(file, { part: { ...part, thread: i + 1 }, judging }));
  const ends = workers.map(
    (worker) =>
      new Promise<boolean>((resolve) => {
        const end = (isWell: boolean): void => {
          isDead ||= !isWell;
          resolve(isWell);
        };
        worker.once('message', () => end(true));
        worker.once('error', () => end(false));
        worker.once('exit', (code) => end(code === 0));
      }),
  );
  return {
    finished: Promise.all(ends).then((ended) => ended.every(Boolean)),
    throwIfDead: () => {
      if (isDead) throw new WebAssembly.RuntimeError('a thread died');
    },
    stop: () => {
      for (const worker of workers) void worker.terminate();
    },
  };
}

interface Reading {
  /** This thread's own share. */
  readonly turns: Iterable<unknown>;
  readonly helpers: PackHelpers;
}

/**
 * Reads a share in turns while other threads read theirs.
 * @returns false when something made one of the readers leave its memory, or one died: then nobody's work counts
 * @throws `signal.reason` when that is aborted
 */
export async function readTogether(
  part: PackPart | LoosePart,
  { turns, helpers }: Reading,
  { signal }: Pick<RunContext, 'signal'>,
): Promise<boolean> {
  const readers = startReaders(part, helpers);
  try {
    // Waiting, too, goes on in turns, so that this thread hears of a reader that died.
    for (const _turn of turns) {
      await nextTurn();
      signal.throwIfAborted();
      readers.throwIfDead();
    }
    return await readers.finished;
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) return false;
    throw error;
  } finally {
    readers.stop();
  }
}
