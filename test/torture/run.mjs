// npm run torture -- [SECTION…] [--size=small|full] [--seed=TEXT] [--save]
// Tries to break what the README promises, and prints one table: what was tried, how often, what was lost. Without a name
// all sections run. Ends with 1 when anything was lost. Reads what `npm run build` made.
//
// A section is sections/NAME.mjs with `export const name` and
// `export async function run({ seed, size }): Row[]`, Row = { what, times, lost, note? }:
// `size` is 'small' (seconds; the test suite runs it so) or 'full'; `lost` counts broken promises; `note` is one line.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';

const SECTIONS = new URL('sections/', import.meta.url);
const RESULTS = new URL('results/', import.meta.url);

const option = (name, fallback) =>
  process.argv.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3) ?? fallback;

const known = readdirSync(SECTIONS)
  .filter((file) => file.endsWith('.mjs'))
  .map((file) => file.slice(0, -'.mjs'.length))
  .sort();
const asked = process.argv.slice(2).filter((arg) => !arg.startsWith('--'));
const strangers = asked.filter((name) => !known.includes(name));
if (strangers.length > 0) {
  console.error(`no such section: ${strangers.join(', ')}; there are: ${known.join(', ')}`);
  process.exit(2);
}

const size = option('size', 'full');
const seed = option('seed', 'keyaudit');
if (size !== 'small' && size !== 'full') {
  console.error('--size: expected small or full');
  process.exit(2);
}

const cell = (text) => String(text).replaceAll('|', '\\|').replaceAll('\n', ' ');

function tableOf(name, rows, seconds) {
  const lines = rows.map(
    ({ what, times, lost, note = '' }) => `| ${cell(what)} | ${times} | ${lost} | ${cell(note)} |`,
  );
  return [
    `## ${name}`,
    '',
    '| What was tried | How often | Lost | |',
    '| --- | ---: | ---: | --- |',
    ...lines,
    '',
    `${seconds.toFixed(1)} s, size ${size}, seed ${seed}`,
    '',
  ].join('\n');
}

const machine = () =>
  `${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}, ${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB`;

let lost = 0;
for (const name of asked.length === 0 ? known : asked) {
  const section = await import(new URL(`${name}.mjs`, SECTIONS).href);
  const start = performance.now();
  const rows = await section.run({ seed, size });
  const table = tableOf(section.name, rows, (performance.now() - start) / 1000);
  console.log(table);
  lost += rows.reduce((sum, row) => sum + row.lost, 0);
  if (process.argv.includes('--save')) {
    mkdirSync(RESULTS, { recursive: true });
    writeFileSync(new URL(`${name}.md`, RESULTS), `${table}\n${machine()}\n`);
  }
}
console.log(lost === 0 ? 'Nothing was lost.' : `${lost} promises were broken.`);
process.exitCode = lost === 0 ? 0 : 1;
