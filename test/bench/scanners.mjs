// npm run bench:scanners -- REPOSITORY… [--rounds=3] [--save]
// Other scanners of git histories beside this one, as far as they are on the PATH, all with one equal rule: `orgkey-` and
// 24 letters or digits. Which of sixteen places each one sees, and what it takes on real repositories. Nothing is asked of
// the network: the other scanners' verification and update checks are off.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Secret } from '../../dist/core/secret.js';
import { plantSixteen } from './leak-runs/sixteen-places.mjs';
import { machine, shownMachine, shownSpread, spreadOf, timed } from './leak-runs/timed.mjs';

const CLI = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const PATTERN = 'orgkey-[0-9a-z]{24}';
const work = mkdtempSync(join(tmpdir(), 'keyaudit-scanners-'));
const at = (name) => join(work, name);

const RULES = {
  'gitleaks.toml': `[[rules]]\nid = "orgkey"\ndescription = "orgkey"\nregex = '''${PATTERN}'''\nkeywords = ["orgkey-"]\n`,
  'titus.yaml': `rules:\n  - name: Orgkey\n    id: own.orgkey.1\n    pattern: '(${PATTERN})'\n    examples: []\n    negative_examples: []\n`,
  'trufflehog.yaml': `detectors:\n  - name: orgkey\n    keywords: ["orgkey-"]\n    regex: { key: '(${PATTERN})' }\n`,
};

const gitleaksLike = (program, more) => (path) => [
  program,
  [
    'git',
    path,
    '-c',
    at('gitleaks.toml'),
    '--report-format',
    'json',
    '--report-path',
    at('report'),
    '--exit-code',
    '0',
    ...more,
  ],
];

/** What to call, by name; the report goes to the file `report`, or to the output. */
const SCANNERS = {
  keyaudit: (path) => [
    process.execPath,
    [CLI, 'leaks', path, '--quiet', '--out', at('out'), '--format', 'json'],
  ],
  gitleaks: gitleaksLike('gitleaks', []),
  'gitleaks, all it can be told': gitleaksLike('gitleaks', [
    '--log-opts=--all --reflog --text -m',
    '--max-archive-depth=3',
  ]),
  betterleaks: gitleaksLike('betterleaks', []),
  titus: (path) => [
    'titus',
    [
      'scan',
      path,
      '--git',
      '--rules',
      at('titus.yaml'),
      '--format',
      'json',
      '--output',
      at('titus.ds'),
      '--quiet',
    ],
  ],
  trufflehog: (path) => [
    'trufflehog',
    [
      'git',
      pathToFileURL(path).href,
      '--config',
      at('trufflehog.yaml'),
      '--no-verification',
      '--no-update',
      '--json',
      '--include-detectors=904',
    ],
  ],
};

const isThere = (program) => spawnSync(program, ['--help'], { stdio: 'ignore' }).error === undefined;

function scan(command, path) {
  for (const name of ['report', 'out', 'titus.ds']) rmSync(at(name), { recursive: true, force: true });
  const [program, args] = command(path);
  const run = timed('/usr/bin/time', ['-f', '%M', '-o', at('peak'), program, ...args], [0, 1, 3]);
  const reports = [at('report'), at('out/keyaudit.json')].filter((file) => existsSync(file));
  const report = reports.map((file) => readFileSync(file, 'utf8')).join('') + run.stdout;
  return {
    ...run,
    report,
    peakMb: Math.round(Number(readFileSync(at('peak'), 'utf8').trim().split('\n').at(-1)) / 1024),
  };
}

/** In whatever way a report writes it: as it is, in base64, or by its fingerprint. */
const isTold = (report, key) =>
  [key, Buffer.from(key).toString('base64'), Secret.of(key).fingerprint()].some((text) =>
    report.includes(text),
  );

function recall(scanners) {
  const path = at('planted');
  const planted = plantSixteen(path);
  const told = scanners.map(([, command]) => {
    const { report } = scan(command, path);
    return planted.map(({ key }) => isTold(report, key));
  });
  const rows = planted.map(({ place }, i) => [place, ...told.map((column) => (column[i] ? 'yes' : '–'))]);
  return [...rows, ['of 16', ...told.map((column) => column.filter(Boolean).length)]];
}

function cost(scanners, path, rounds) {
  const runs = new Map(scanners.map(([name]) => [name, []]));
  for (let round = 0; round < rounds; round += 1)
    for (const [name, command] of scanners) runs.get(name).push(scan(command, path));
  return [...runs].map(([name, all]) => [
    basename(resolve(path, '..')).replace('+', '/'),
    name,
    shownSpread(spreadOf(all.map(({ seconds }) => seconds))),
    shownSpread(spreadOf(all.map(({ cpuSeconds }) => cpuSeconds))),
    Math.max(...all.map(({ peakMb }) => peakMb)),
  ]);
}

const table = (titles, rows) =>
  [titles, titles.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

function main() {
  for (const [name, text] of Object.entries(RULES)) writeFileSync(at(name), text);
  const paths = process.argv
    .slice(2)
    .filter((arg) => !arg.startsWith('--'))
    .map((path) => resolve(path));
  const rounds = Number(
    process.argv.find((arg) => arg.startsWith('--rounds='))?.slice('--rounds='.length) ?? 3,
  );
  const scanners = Object.entries(SCANNERS).filter(([, command]) => isThere(command('.')[0]));
  const names = scanners.map(([name]) => name);
  const kind = machine();
  const text = [
    '# Other scanners beside this one',
    '',
    shownMachine(kind),
    `One equal rule for the others, \`${PATTERN}\`; keyaudit looks with all of its own detectors.`,
    '',
    table(['Place', ...names], recall(scanners)),
    '',
    'Wall and processor seconds, median (least to most); memory is the largest of any process.',
    '',
    table(
      ['Repository', 'Scanner', 'Seconds', 'CPU seconds', 'Peak MB'],
      paths.flatMap((path) => cost(scanners, path, rounds)),
    ),
    '',
  ].join('\n');
  console.log(text);
  if (!process.argv.includes('--save')) return;
  const date = new Date().toISOString().slice(0, 10);
  writeFileSync(fileURLToPath(new URL(`results/scanners-${date}.md`, import.meta.url)), text);
}

try {
  main();
} finally {
  rmSync(work, { recursive: true });
}
