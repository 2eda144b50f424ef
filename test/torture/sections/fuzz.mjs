// Broken and hostile inputs for every reader: no crash, no hang, no changed prototype, no growing memory.
// npm run torture -- fuzz [--only=PART OF A NAME|ANOTHER, in this order] [--times=1000000] [--minutes=10, for each reader] [--threads=2]
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

export const name = 'Fuzzing of every reader';

const option = (key, fallback) =>
  process.argv.find((arg) => arg.startsWith(`--${key}=`))?.slice(key.length + 3) ?? fallback;

const TIMES = { small: 100, full: 1_000_000 };
/** The longest that an input may take. */
const MAX_INPUT_MS = 1_000;
/** Without any input done. */
const HANG_MS = 60_000;
const MAX_GROWTH_MB = 32;

export async function run({ seed, size }) {
  const { TARGETS } = await import('../fuzz/targets/index.mjs');
  const all = TARGETS.map((target) => target.name);
  const names = [
    ...new Set(
      option('only', '')
        .split('|')
        .flatMap((part) => all.filter((one) => one.includes(part))),
    ),
  ];
  const settings = {
    seed,
    times: Number(option('times', TIMES[size])),
    minutes: Number(option('minutes', 10)),
  };
  // A thread takes a second to begin, which is more than a small share of all readers takes.
  if (size === 'small') return feed(names, settings);
  const rows = [];
  const takeTurns = async () => {
    for (let next = names.shift(); next !== undefined; next = names.shift()) {
      const told = await feed([next], settings);
      for (const row of told) console.error(JSON.stringify(row));
      rows.push(...told);
    }
  };
  const threads = Number(option('threads', Math.min(2, availableParallelism())));
  await Promise.all(Array.from({ length: threads }, takeTurns));
  return rows;
}

/** Feeds readers one after another in one thread. */
function feed(names, settings) {
  const progress = new SharedArrayBuffer(8);
  const counter = new BigInt64Array(progress);
  const worker = new Worker(new URL('../fuzz/thread.mjs', import.meta.url), {
    workerData: { ...settings, names, progress },
  });
  return new Promise((resolve) => {
    const rows = [];
    let start = performance.now();
    let last = 0n;
    const lost = (error) =>
      rows.push({ what: names[rows.length] ?? 'the end', times: Number(last), lost: 1, note: error });
    const watch = setInterval(() => {
      const now = Atomics.load(counter, 0);
      if (now === last && now > 0n) {
        lost('hangs here');
        void worker.terminate();
      }
      last = now;
    }, HANG_MS);
    worker.on('message', (outcome) => {
      rows.push(rowOf(outcome, (performance.now() - start) / 1000));
      start = performance.now();
    });
    worker.on('error', (error) => lost(`the thread died: ${String(error)}`));
    worker.on('exit', () => {
      clearInterval(watch);
      if (rows.length < names.length) lost('the thread ended');
      resolve(rows);
    });
  });
}

function rowOf({ name: what, done, faults, slowestMs, grownMb }, seconds) {
  const wrong = faults.map(({ number, error }) => `input ${number}: ${error}`);
  if (slowestMs > MAX_INPUT_MS) wrong.push(`an input took ${Math.round(slowestMs)} ms`);
  if (grownMb > MAX_GROWTH_MB) wrong.push(`the memory grew by ${Math.round(grownMb)} MB`);
  const note = `${Math.round(done / seconds)} a second, slowest ${slowestMs.toFixed(1)} ms, heap ${grownMb.toFixed(1)} MB more`;
  return { what, times: done, lost: wrong.length, note: [note, ...wrong].join('; ') };
}
