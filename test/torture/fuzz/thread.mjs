// Feeds readers in a thread of its own, and tells the other thread how far it is, so that a hang can be seen.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parentPort, workerData } from 'node:worker_threads';
import { Random } from './random.mjs';
import { TARGETS } from './targets/index.mjs';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc');
const PROTOTYPES = [Object.prototype, Array.prototype, String.prototype, Function.prototype, Map.prototype];
const namesOfPrototypes = () => PROTOTYPES.map((one) => Reflect.ownKeys(one).map(String).join()).join('\n');
const heapMb = () => {
  collectGarbage();
  return process.memoryUsage().heapUsed / 2 ** 20;
};

const { names, seed, times, minutes, progress } = workerData;
const counter = new BigInt64Array(progress);
const before = namesOfPrototypes();
const SLOW_MS = 200;
const MAX_TOLD = 5;
/** By then every path was compiled, and caches are filled. */
const WARM = 2_000;

// Readers refuse with errors, and a stack for each costs more than the reading.
Error.stackTraceLimit = 0;

const take = (target, number) => target.run(target.make(new Random(seed, target.name, number)));

async function feed(target, number) {
  try {
    // Most readers make no promise, and a turn of the queue for each input would cost more than they do.
    const promise = take(target, number);
    if (promise instanceof Promise) await promise;
    return undefined;
  } catch (error) {
    const [first, second] = await stackOf(target, number);
    return `${error?.name}: ${String(error?.message).slice(0, 200)} ${first ?? ''} ${second ?? ''}`.trim();
  }
}

async function stackOf(target, number) {
  Error.stackTraceLimit = 10;
  try {
    await take(target, number);
    return ['not when it was tried again'];
  } catch (error) {
    const lines = String(error?.stack).split('\n');
    return lines.filter((line) => line.startsWith('    at ')).map((line) => line.trim());
  } finally {
    Error.stackTraceLimit = 0;
  }
}

/** On a busy machine any input may have to wait; one that is slow is so each time. */
async function timed(target, number) {
  let leastMs = Number.POSITIVE_INFINITY;
  let error;
  for (let again = 0; again < 4 && leastMs > SLOW_MS; again += 1) {
    const start = performance.now();
    error = await feed(target, number);
    leastMs = Math.min(leastMs, performance.now() - start);
  }
  return { error, ms: leastMs };
}

async function fuzz(target) {
  const untilMs = Date.now() + 60_000 * minutes;
  const faults = [];
  let [slowestMs, warmMb, number] = [0, 0, 0];
  const most = Math.min(times, target.most ?? times);
  for (; number < most && (number % 64 !== 0 || Date.now() < untilMs); number += 1) {
    Atomics.add(counter, 0, 1n);
    // What zlib and others put off until the next turn would pile up.
    if (number % 64 === 0) await new Promise((resolve) => setImmediate(resolve));
    const { error, ms } = await timed(target, number);
    slowestMs = Math.max(slowestMs, ms);
    if (error !== undefined && faults.length < MAX_TOLD) faults.push({ number, error });
    if (number === Math.min(WARM, most >> 1)) warmMb = heapMb();
    if (number % 1024 === 0 && namesOfPrototypes() !== before)
      faults.push({ number, error: 'a prototype was changed' });
  }
  return { name: target.name, done: number, faults, slowestMs, grownMb: heapMb() - warmMb };
}

for (const name of names) parentPort.postMessage(await fuzz(TARGETS.find((one) => one.name === name)));
