// npm run bench:leaks -- REPOSITORY… [--keys=1,1000,100000] [--rounds=3] [--save]
// The leak scan against `git cat-file` of all objects into nothing, on the same repositories: each run in a process of
// its own (Node's start included), interleaved, medians of the ratios. Reads what `npm run build` made.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { basename, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Secret } from '../../dist/core/secret.js';
import { loadDetectors } from '../../dist/leaks/detectors/load-detectors.js';
import { scanTargets } from '../../dist/leaks/scan-targets.js';
import { fakeKey } from '../../dist/sandbox/fake-keys.js';

const HERE = fileURLToPath(import.meta.url);
const option = (name, fallback) =>
  process.argv.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3) ?? fallback;

async function scanOnce(path, keys) {
  const known = Array.from({ length: keys }, (_, i) => Secret.of(fakeKey('api-video', `bench-${i}`))).map(
    (secret) => ({
      secret,
      fingerprint: secret.fingerprint(),
    }),
  );
  const ctx = {
    signal: new AbortController().signal,
    clock: { now: () => Date.now(), sleep: () => Promise.resolve() },
    progress: { note: () => undefined, detail: () => undefined },
  };
  const target = { name: basename(path), path, visibility: 'public', webUrl: undefined };
  const detectors = await loadDetectors([fileURLToPath(new URL('../../rules/detectors', import.meta.url))]);
  const { candidates, coverage } = await scanTargets({ targets: [target], known, detectors }, ctx);
  const [objects] = coverage;
  console.log(
    JSON.stringify({
      objects: objects.seen,
      status: objects.status,
      candidates: candidates.length,
      maxRssMb: Math.round(process.resourceUsage().maxRSS / 1024),
    }),
  );
}

function timed(command, args) {
  const start = performance.now();
  const { status, stdout } = spawnSync(command, args, {
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 2 ** 20,
  });
  if (status !== 0) throw new Error(`${command} ended with ${status}`);
  return { seconds: (performance.now() - start) / 1000, stdout: stdout.toString() };
}

const yardstick = (path) =>
  timed('sh', [
    '-c',
    'exec git -C "$1" cat-file --batch-all-objects --batch --unordered --buffer > /dev/null',
    'sh',
    path,
  ]);

const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];
const spread = (numbers) => `${Math.min(...numbers).toFixed(2)} to ${Math.max(...numbers).toFixed(2)}`;

function measure(path, { keys, rounds }) {
  const base = [];
  const runs = new Map(keys.map((count) => [count, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const count of keys) {
      const { seconds } = yardstick(path);
      base.push(seconds);
      const run = timed(process.execPath, [HERE, '--one', path, String(count)]);
      runs.get(count).push({ ratio: run.seconds / seconds, seconds: run.seconds, ...JSON.parse(run.stdout) });
    }
  }
  return [...runs].map(([count, results]) => {
    const ratios = results.map(({ ratio }) => ratio);
    const [{ objects, status, candidates }] = results;
    const memory = Math.max(...results.map(({ maxRssMb }) => maxRssMb));
    const seconds = median(results.map((result) => result.seconds)).toFixed(2);
    const cells = [basename(resolve(path, '..')), objects, status, count, median(base).toFixed(2), seconds];
    return `| ${[...cells, median(ratios).toFixed(2), spread(ratios), memory, candidates].join(' | ')} |`;
  });
}

function main() {
  const paths = process.argv
    .slice(2)
    .filter((arg) => !arg.startsWith('--'))
    .map((path) => resolve(path));
  if (paths.length === 0) throw new Error('name at least one git directory');
  const keys = option('keys', '1,1000,100000').split(',').map(Number);
  const rows = paths.flatMap((path) => measure(path, { keys, rounds: Number(option('rounds', '3')) }));
  const machine = `${cpus().length} x ${cpus()[0]?.model.trim()}, Node ${process.version}, ${execFileSync('git', ['--version']).toString().trim()}`;
  const date = new Date().toISOString().slice(0, 10);
  const text = [
    `# Leak scan, ${date}`,
    '',
    `${machine}. Yardstick: \`git cat-file --batch-all-objects --batch --unordered --buffer > /dev/null\`.`,
    '',
    '| Repository | Objects | Coverage | Keys | Yardstick s | Scan s | Ratio | Ratios | Memory MB | Candidates |',
    '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
  console.log(text);
  if (!process.argv.includes('--save')) return;
  const results = fileURLToPath(new URL('results/', import.meta.url));
  mkdirSync(results, { recursive: true });
  writeFileSync(`${results}leaks-${date}.md`, text);
}

if (process.argv[2] === '--one') await scanOnce(process.argv[3], Number(process.argv[4]));
else main();
