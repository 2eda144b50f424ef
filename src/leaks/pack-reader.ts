import { parentPort, workerData } from 'node:worker_threads';
import { type LoosePart, readLoosePart } from '../git/loose/loose-part.js';
import { type PackPart, readPart } from '../git/pack/pack-part.js';
import { judgeBy, type Judging } from './pack-judge.js';

/** What a thread that helps to read a pack, or loose objects, runs; it ends when nothing is left to read. What it finds is in the shared memory. */
interface Task {
  readonly part: PackPart | LoosePart;
  readonly judging: Judging;
}

const nothing = new Int32Array(new SharedArrayBuffer(4));

function read({ part, judging }: Task): void {
  const turns = 'ids' in part ? readLoosePart(part, judgeBy(judging)) : readPart(part, judgeBy(judging));
  for (const goesOn of turns) {
    if (goesOn === false) Atomics.wait(nothing, 0, 0, 1);
  }
  // Its end would be heard of some milliseconds later.
  parentPort?.postMessage('finished');
}

const task = workerData as Task | null | undefined; // sent by pack-threads.ts; without one, it comes later
if (task === undefined || task === null) parentPort?.once('message', read);
else read(task);
