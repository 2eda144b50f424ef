// npm run bench:leaks -- REPOSITORY… [--keys=1,1000,100000] [--rounds=3] [--agree=24] [--save]
// or … --part=FILE for some repositories at a time, and then … --parts=FILE,FILE --save.
// The leak scan against `git cat-file` of all objects into nothing, on the same repositories: each run in a process of
// its own, with all that the command line does from Node's start to its end, interleaved with the yardstick. Then the
// command line itself, cold and unchanged, beside Node's start alone; and whether four ways of scanning agree in every hit.
// Reads what `npm run build` made.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { joinedScan } from './leak-runs/joined-scan.mjs';
import { machine, shownMachine, shownSpread, spreadOf, timed, yardstick } from './leak-runs/timed.mjs';

const fileAt = (path) => fileURLToPath(new URL(path, import.meta.url));
const AGREEMENT = fileAt('leak-runs/agreement.mjs');
const CLI = fileAt('../../dist/cli/main.js');
/** Short runs are repeated more often: they vary more. */
const SHORT_RUNS = 9;
/** Clean, or incomplete: public mirrors lack objects. */
const READ = [0, 1, 3];

const option = (name, fallback) =>
  process.argv.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3) ?? fallback;

const nameOf = (path) => {
  const name = basename(path);
  return (name === 'repo' || name === '.git' ? basename(resolve(path, '..')) : name).replace('+', '/');
};

/** Yardstick and scan by turns, so that both meet the same moods of the machine. */
function scans(path, { script, keys, rounds }) {
  const runs = new Map(keys.map((count) => [count, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const count of keys) {
      const base = yardstick(path);
      const { stdout, ...whole } = timed(process.execPath, [script, path, String(count)]);
      const told = JSON.parse(stdout);
      runs.get(count).push({ base: pick(base), scan: without(whole, told.keysMade), told });
    }
  }
  return [...runs].map(([count, all]) => ({
    repository: nameOf(path),
    keys: count,
    runs: all,
    ...summary(all),
  }));
}

/** The keys of an inventory are there before the scan begins. */
const without = (whole, made) => ({
  seconds: whole.seconds - made.seconds,
  cpuSeconds: whole.cpuSeconds - made.cpuSeconds,
});

const pick = ({ seconds, cpuSeconds }) => ({ seconds, cpuSeconds });

function summary(runs) {
  const spread = (choose) => spreadOf(runs.map(choose));
  return {
    ...runs[0].told,
    maxRssMb: Math.max(...runs.map(({ told }) => told.maxRssMb)),
    yardstickSeconds: spread(({ base }) => base.seconds),
    seconds: spread(({ scan }) => scan.seconds),
    ratio: spread(({ base, scan }) => scan.seconds / base.seconds),
    cpuRatio: spread(({ base, scan }) => scan.cpuSeconds / base.cpuSeconds),
  };
}

/** The whole program: with nothing kept, and again when nothing changed; and Node alone between. */
function commandLine(path, rounds) {
  const cache = mkdtempSync(join(tmpdir(), 'keyaudit-bench-'));
  const keyaudit = (more) => pick(timed(process.execPath, [CLI, 'leaks', path, '--quiet', ...more], READ));
  const node = () => pick(timed(process.execPath, ['-e', '0']));
  try {
    const cold = Array.from({ length: rounds }, () => keyaudit([]));
    keyaudit(['--cache-dir', cache]);
    const pairs = Array.from({ length: SHORT_RUNS }, () => ({
      again: keyaudit(['--cache-dir', cache]),
      node: node(),
    }));
    const over = (unit) => spreadOf(pairs.map((pair) => pair.again[unit] - pair.node[unit]));
    return {
      repository: nameOf(path),
      coldSeconds: spreadOf(cold.map(({ seconds }) => seconds)),
      unchangedSeconds: spreadOf(pairs.map(({ again }) => again.seconds)),
      nodeSeconds: spreadOf(pairs.map((pair) => pair.node.seconds)),
      overNode: over('seconds'),
      cpuOverNode: over('cpuSeconds'),
    };
  } finally {
    rmSync(cache, { recursive: true });
  }
}

function agreement(path, keys) {
  const { stdout } = timed(process.execPath, ['--max-old-space-size=4096', AGREEMENT, path, keys]);
  return { repository: nameOf(path), ...JSON.parse(stdout) };
}

const table = (columns, rows) => {
  const cells = (row) => Object.values(columns).map((cell) => cell(row));
  const line = (texts) => `| ${texts.join(' | ')} |`;
  const titles = Object.keys(columns);
  return [line(titles), `|${' --- |'.repeat(titles.length)}`, ...rows.map((row) => line(cells(row))), ''];
};

const SCAN_COLUMNS = {
  Repository: ({ repository }) => repository,
  Objects: ({ objects }) => objects,
  Coverage: ({ status }) => status,
  Keys: ({ keys }) => keys,
  'Yardstick s': ({ yardstickSeconds }) => shownSpread(yardstickSeconds),
  'Scan s': ({ seconds }) => shownSpread(seconds),
  'Wall ratio': ({ ratio }) => shownSpread(ratio),
  'CPU ratio': ({ cpuRatio }) => shownSpread(cpuRatio),
  'Memory MB': ({ maxRssMb }) => maxRssMb,
};

const COMMAND_COLUMNS = {
  Repository: ({ repository }) => repository,
  'Cold s': ({ coldSeconds }) => shownSpread(coldSeconds),
  'Unchanged s': ({ unchangedSeconds }) => shownSpread(unchangedSeconds, 3),
  '`node -e 0` s': ({ nodeSeconds }) => shownSpread(nodeSeconds, 3),
  'Over Node s': ({ overNode }) => shownSpread(overNode, 3),
  'Over Node, CPU s': ({ cpuOverNode }) => shownSpread(cpuOverNode, 3),
};

const AGREEMENT_COLUMNS = {
  Repository: ({ repository }) => repository,
  Keys: ({ keys }) => keys,
  'Hits by delta': ({ hits }) => hits.delta,
  'As many keys': ({ hits }) => hits.many,
  'By full': ({ hits }) => hits.full,
  'Of these plain': ({ hits }) => hits.plain,
  'By brute force': ({ hits }) => hits.brute,
  Differences: ({ differences }) => Object.values(differences).reduce((sum, { count }) => sum + count, 0),
};

const page = ({ date, kind, scanned, commands, agreed }) =>
  [
    `# Leak scan, ${date}`,
    '',
    `${shownMachine(kind)} Yardstick: \`git cat-file --batch-all-objects --batch --unordered --buffer > /dev/null\`.`,
    'Medians, with the least and the most. Ratios are of pairs of neighbouring runs; those of processor time count all threads and',
    'what git did for the scan.',
    '',
    '## A scan from the start of Node to its end, cold, with known keys and the built-in detectors',
    '',
    'All that `keyaudit leaks REPOSITORY --quiet` does, joined into few files as the published program is, with keys by value. Making',
    'the keys and their fingerprints is not counted: an audit has them from its inventory.',
    '',
    ...table(SCAN_COLUMNS, scanned),
    '## `keyaudit leaks REPOSITORY --quiet`, cold and with `--cache-dir` when nothing changed',
    '',
    ...table(COMMAND_COLUMNS, commands),
    '## Agreement',
    '',
    'Keys are random strings of the repositories themselves. Delta: packs read directly, only new bytes scanned. As many keys: so, too, by',
    'decoding what is looked through, which otherwise begins at 500 keys. Full: git gives every',
    'object, each scanned whole. Brute force: git gives every object, each key looked for with `Buffer.indexOf`, which sees plain hits alone.',
    '',
    ...table(AGREEMENT_COLUMNS, agreed),
    'What limits these figures stands in [leak-notes](leak-notes.md).',
    '',
  ].join('\n');

function main() {
  const paths = process.argv
    .slice(2)
    .filter((arg) => !arg.startsWith('--'))
    .map((path) => resolve(path));
  const parts = option('parts', '');
  if (parts !== '') return finish(joined(parts.split(',')));
  if (paths.length === 0) throw new Error('name at least one git directory');
  const keys = option('keys', '1,1000,100000').split(',').map(Number);
  const rounds = Number(option('rounds', '3'));
  const agree = option('agree', '24');
  const folder = mkdtempSync(join(tmpdir(), 'keyaudit-bench-'));
  try {
    const script = joinedScan(fileAt('../../'), folder);
    const result = {
      date: new Date().toISOString().slice(0, 10),
      kind: machine(),
      scanned: paths.flatMap((path) => scans(path, { script, keys, rounds })),
      commands: paths.map((path) => commandLine(path, rounds)),
      agreed: agree === '0' ? [] : paths.map((path) => agreement(path, agree)),
    };
    const part = option('part', '');
    if (part !== '') writeFileSync(part, JSON.stringify(result));
    return finish(result);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Runs of several repositories, one after another. */
function joined(files) {
  const results = files.map((file) => JSON.parse(readFileSync(file, 'utf8')));
  const all = (list) => results.flatMap((result) => result[list]);
  return { ...results[0], scanned: all('scanned'), commands: all('commands'), agreed: all('agreed') };
}

function finish(result) {
  console.log(page(result));
  if (process.argv.includes('--save')) save(result);
  const differences = result.agreed.map(({ differences: pairs }) =>
    Object.values(pairs).reduce((sum, { count }) => sum + count, 0),
  );
  process.exitCode = differences.every((count) => count === 0) ? 0 : 1;
}

function save(result) {
  const results = fileAt('results/');
  mkdirSync(results, { recursive: true });
  writeFileSync(`${results}leaks-${result.date}.md`, page(result));
  writeFileSync(`${results}leaks-${result.date}.json`, `${JSON.stringify(result, undefined, 1)}\n`);
}

main();
