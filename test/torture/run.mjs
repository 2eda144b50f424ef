// npm run torture -- [SECTION…] [--size=small|full] [--seed=TEXT] [--only=TEXT|TEXT] [--save]
// npm run torture -- --summary
// Tries to break what the README promises, and prints one table: what was tried, how often, what was lost. Without a name
// all sections run. Ends with 1 when anything was lost. Reads what `npm run build` made. `--only` takes the rows whose name
// holds one of the texts; `--save` keeps the rows under results/, each as it comes, and makes the summary of all.
//
// A section is sections/NAME.mjs with `export const name` and `export function run({ seed, size, wants })`, which gives rows
// { what, times, lost, note? } as an array, a promise of one, or one after another as an async generator. `size` is 'small'
// (seconds; the test suite runs it so) or 'full'; `wants(what)` heeds `--only`; `lost` counts broken promises; `note` is one line.
import { readdirSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { resultsWriter, tableOf, writeSummary } from './support/results.mjs';

const SECTIONS = new URL('sections/', import.meta.url);

const option = (name, fallback) =>
  process.argv.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3) ?? fallback;
const has = (flag) => process.argv.includes(`--${flag}`);

const known = readdirSync(SECTIONS)
  .filter((file) => file.endsWith('.mjs'))
  .map((file) => file.slice(0, -'.mjs'.length))
  .sort();
const asked = process.argv.slice(2).filter((arg) => !arg.startsWith('--'));
const size = option('size', 'full');
const seed = option('seed', 'keyaudit');
const only = option('only')?.split('|');
const wants = (what) => only === undefined || only.some((part) => what.includes(part));

function usageFault() {
  const strangers = asked.filter((name) => !known.includes(name));
  if (strangers.length > 0) return `no such section: ${strangers.join(', ')}; there are: ${known.join(', ')}`;
  return size === 'small' || size === 'full' ? undefined : '--size: expected small or full';
}

const machine = `Node ${process.versions.node}, ${cpus().length} x ${(cpus()[0]?.model ?? 'unknown').replace(/ \d.*$/, '')}, ${Math.round(totalmem() / 2 ** 30)} GiB`;

async function runSection(name) {
  const section = await import(new URL(`${name}.mjs`, SECTIONS).href);
  const start = performance.now();
  const seconds = () => ((performance.now() - start) / 1000).toFixed(1);
  const runLine = (rows, isEnded) =>
    `${new Date().toISOString().slice(0, 10)}, ${rows.length} rows in ${seconds()} s${isEnded ? '' : ' (not ended)'}: size ${size}, seed ${seed}${only === undefined ? '' : `, only ${only.join(' and ')}`}; ${machine}`;
  const keep = has('save')
    ? resultsWriter(name, { title: section.name, isWhole: only === undefined, runLine })
    : () => undefined;
  const rows = [];
  for await (const row of await section.run({ seed, size, wants })) {
    rows.push(row);
    keep(rows, false);
  }
  keep(rows, true);
  console.log(`${tableOf(section.name, rows)}\n${seconds()} s, size ${size}, seed ${seed}\n`);
  return rows.reduce((sum, row) => sum + row.lost, 0);
}

async function runAll() {
  let lost = 0;
  for (const name of asked.length === 0 ? known : asked) lost += await runSection(name);
  if (has('save')) writeSummary();
  console.log(lost === 0 ? 'Nothing was lost.' : `${lost} promises were broken.`);
  return lost === 0 ? 0 : 1;
}

const fault = usageFault();
if (fault !== undefined) {
  console.error(fault);
  process.exitCode = 2;
} else if (has('summary')) console.log(writeSummary());
else process.exitCode = await runAll();
