import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { LoosePart } from '../loose/loose-part.js';
import type { PackPart } from './pack-part.js';

/** Threads beside this one: each runs `file`, which is given `{ part, judging }`, must judge as this one does, and sends a message at its end. */
export interface PackHelpers {
  readonly count: number;
  /** Smaller packs are read without them: a thread's start takes as long. */
  readonly minPackBytes: number;
  readonly file: URL;
  readonly judging: unknown;
}

export interface Readers {
  /** Whether all of them came to their ends; false when one gave up or died. */
  readonly finished: Promise<boolean>;
  /** @throws WebAssembly.RuntimeError when one of them will do no more. */
  throwIfDead(): void;
  stop(): void;
}

/** Starts a thread for every part of the plan but the first. */
export function startReaders(part: PackPart | LoosePart, { file, judging }: PackHelpers): Readers {
  let isDead = false;
  const others = existsSync(file) ? part.plan.threadsAt.slice(1) : [];
  const workers = others.map(
    (_at, i) => new Worker(file, { workerData: { part: { ...part, thread: i + 1 }, judging } }),
  );
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
