import { workerData } from 'node:worker_threads';
import { type PackPart, readPart } from '../git/pack/pack-part.js';
import { judgeBy, type Judging } from './pack-judge.js';

/** What a thread that helps to read a pack runs; it ends when nothing is left to read. What it finds is in the shared memory. */
const { part, judging } = workerData as { readonly part: PackPart; readonly judging: Judging }; // sent by pack-threads.ts

const nothing = new Int32Array(new SharedArrayBuffer(4));
for (const goesOn of readPart(part, judgeBy(judging))) {
  if (!goesOn) Atomics.wait(nothing, 0, 0, 1);
}
