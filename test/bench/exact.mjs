// npm run bench:exact -- REPOSITORY… [--keys=1000] [--save]
// Looks for keys that stand nowhere, by value and in all their written forms, and for unknown ones by the built-in
// detectors, in real repositories: each hit by value is a false one. The exit code is 1 if there is any.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { machine, shownMachine, timed } from './leak-runs/timed.mjs';

const SCAN = fileURLToPath(new URL('leak-runs/scan-once.mjs', import.meta.url));
const GIB = 2 ** 30;

const keys = process.argv.find((arg) => arg.startsWith('--keys='))?.slice('--keys='.length) ?? '1000';
const paths = process.argv
  .slice(2)
  .filter((arg) => !arg.startsWith('--'))
  .map((path) => resolve(path));

/** A mirror's folder may be named after nothing: then the one around it is. */
const nameOf = (path) => {
  const name = basename(path);
  return (name === 'repo' || name === '.git' ? basename(resolve(path, '..')) : name).replace('+', '/');
};

/** Bytes of all blobs, uncompressed. */
function blobBytes(path) {
  const script =
    'exec git -C "$1" cat-file --batch-all-objects --unordered --buffer --batch-check="%(objecttype) %(objectsize)" | awk \'$1 == "blob" { sum += $2 } END { printf "%.0f", sum }\'';
  return Number(execFileSync('sh', ['-c', script, 'sh', path]).toString() || 0);
}

function rowOf(path) {
  const { seconds, cpuSeconds, stdout } = timed(process.execPath, [SCAN, path, keys]);
  const row = { name: nameOf(path), bytes: blobBytes(path), seconds, cpuSeconds, ...JSON.parse(stdout) };
  console.error(`${row.name}: ${row.byValue} by value, ${row.byDetector} by detector`);
  return row;
}

const cellsOf = ({ name, objects, bytes, seconds, cpuSeconds, status, byValue, byDetector }) =>
  `| ${[name, objects, (bytes / GIB).toFixed(3), seconds.toFixed(1), cpuSeconds.toFixed(1), status, byValue, byDetector].join(' | ')} |`;

const sum = (rows, field) => rows.reduce((total, row) => total + row[field], 0);

const kind = machine();
const rows = paths.map(rowOf).toSorted((a, b) => b.bytes - a.bytes);
const total = {
  name: 'all',
  status: '',
  ...Object.fromEntries(
    ['objects', 'bytes', 'seconds', 'cpuSeconds', 'byValue', 'byDetector'].map((field) => [
      field,
      sum(rows, field),
    ]),
  ),
};
const text = [
  `# Exact search for ${keys} keys that stand nowhere`,
  '',
  `\`npm run bench:exact -- --keys=${keys} REPOSITORY…\`: ${shownMachine(kind)}`,
  '',
  '| Repository | Objects | GiB of blobs | Seconds | CPU seconds | Coverage | Strings by value | Strings by detector |',
  '| --- | --- | --- | --- | --- | --- | --- | --- |',
  ...[...rows, total].map(cellsOf),
  '',
].join('\n');
console.log(text);
if (process.argv.includes('--save')) {
  const date = new Date().toISOString().slice(0, 10);
  writeFileSync(fileURLToPath(new URL(`results/exact-${date}.md`, import.meta.url)), text);
}
process.exitCode = total.byValue === 0 ? 0 : 1;
