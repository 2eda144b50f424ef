// npm run bench:leak-limits -- REPOSITORY… [--rounds=3] [--beside=NAME=COMMAND] [--save]
// What each part of a leak scan with one key costs: scans by builds that lack a part, beside the yardstick of bench:leaks and
// the scan as it is. Every build is a copy of `dist` with a few places replaced; the product has no such switches.
// `--beside`: another program that reads the repository, which is put behind its command.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { joinedScan } from './leak-runs/joined-scan.mjs';
import { machine, shownMachine, shownSpread, spreadOf, timed, yardstick } from './leak-runs/timed.mjs';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const WALKER = 'src/git/pack/walker/walk.ts';
const LOOSE = 'src/git/pack/walker/loose.ts';

const NO_ARCHIVES = [WALKER, 'type == BLOB && mayBeArchive(data, len)', 'false'];
const NO_ENCODED_KEYWORDS = ['dist/leaks/pack-filter.js', 'detectors.encodedKeywords.map', '[].map'];
const PLAIN_FORMS = [
  'dist/match/encodings.js',
  /(?<=function writtenForms[^]*?\{ encoding: 'plain', bytes \},)[^]*?(?=\]\);)/,
  '',
];
const TREES = 'src/git/pack/walker/trees.ts';
const NO_REFERENCES = [
  [WALKER, /if \(type != BLOB\) (?=noteReferences)/g, 'if (false) '],
  [TREES, 'if (load<u16>(data + at) != 0x3631) noteId', 'if (false) noteId'],
];
const BLOBS_ONLY = [
  [WALKER, 'if (mark >= ROOT) walk', 'if (mark == ROOT + BLOB) walk'],
  // What is not read must not be left to git.
  ['dist/git/pack/walk-pack.js', 'if (type === 0)', 'if (false)'],
];

const FILTER = 'src/git/pack/walker/filter.ts';
/** Whatever is asked of some bytes, the answer is no. */
const NOTHING_SOUGHT = [
  NO_ARCHIVES,
  ...NO_REFERENCES,
  [FILTER, /(?<=export function interestIn\(.*\n)/, '  if (data) return NOTHING;\n'],
  [FILTER, /(?<=export function markIn\(.*\n)/, '  if (data) return NO_MARK;\n'],
  [TREES, /(?<=function readName\(.*\n)/, '  if (data) return;\n'],
  ['src/git/pack/walker/delta.ts', /(?<=function noteNew\(.*\n)/, '  if (out) return;\n'],
];
const NO_VERSIONS = [
  [WALKER, 'if (type == TREE) {\n    forget();', 'if (false) {\n    forget();'],
  [
    WALKER,
    /if \(type == TREE\) visitTree\(k, f, len\);\s+else visitText\(k, f, len, type\);/,
    'store<u8>(plan.types + k, type); if (obj(k).child) push(type, depth + 1, obj(k).child, f.data, len);',
  ],
];
const NOTHING_UNPACKED = [
  [WALKER, 'if (mark >= ROOT) walk(i, mark - ROOT);', ''],
  ['dist/git/pack/walk-pack.js', 'if (type === 0)', 'if (false)'],
];

/** Each is scanned by itself; `exact`: no detectors. */
const BUILDS = {
  'all of it': { changes: [] },
  'without archives': { changes: [NO_ARCHIVES] },
  'without encoded keywords': { changes: [NO_ENCODED_KEYWORDS] },
  'without detectors': { changes: [], mode: 'exact' },
  'without encodings of the key': { changes: [PLAIN_FORMS] },
  'without commits, trees and tags': { changes: BLOBS_ONLY },
  'without noting what objects name': { changes: NO_REFERENCES },
  'without all of these': {
    changes: [NO_ARCHIVES, NO_ENCODED_KEYWORDS, PLAIN_FORMS, ...NO_REFERENCES, ...BLOBS_ONLY],
    mode: 'exact',
  },
  'looking for nothing: all is unpacked, and all versions are made': { changes: NOTHING_SOUGHT },
  'looking for nothing, all is unpacked, no versions are made': {
    changes: [...NOTHING_SOUGHT, ...NO_VERSIONS],
  },
  'packs are read, and nothing is unpacked': { changes: [...NOTHING_SOUGHT, ...NOTHING_UNPACKED] },
};

const option = (name, fallback) =>
  process.argv.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3) ?? fallback;

/** A copy of the program in a folder of its own, with the changes made. */
function build(folder, changes) {
  for (const part of [
    'dist',
    'rules',
    'src/git/pack/walker',
    'test/bench/leak-runs',
    '.ci',
    'package.json',
  ]) {
    mkdirSync(dirname(join(folder, part)), { recursive: true });
    cpSync(join(ROOT, part), join(folder, part), { recursive: true });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  for (const [file, from, to] of changes) {
    const text = readFileSync(join(folder, file), 'utf8');
    const changed = text.replace(from, to);
    if (changed === text) throw new Error(`${file} has no ${from} any more`);
    writeFileSync(join(folder, file), changed);
  }
  if (!changes.some(([file]) => file.startsWith('src/git/pack/walker/'))) return;
  const args = [WALKER, LOOSE, '--config', 'src/git/pack/walker/asconfig.json', '--target', 'release'];
  execFileSync(join(ROOT, 'node_modules/.bin/asc'), args, { cwd: folder, stdio: 'pipe' });
}

const pick = ({ seconds, cpuSeconds }) => ({ seconds, cpuSeconds });

/** One round of all programs, so that they meet the same moods of the machine. */
function round(path, programs) {
  const base = yardstick(path);
  return programs.map(({ command, args }) => {
    const run = pick(timed(command, [...args(path)]));
    return { base, run };
  });
}

function measured(path, programs, rounds) {
  const all = Array.from({ length: rounds }, () => round(path, programs));
  return programs.map(({ name }, i) => {
    const runs = all.map((each) => each[i]);
    const spread = (choose) => spreadOf(runs.map(choose));
    return [
      name,
      shownSpread(spread(({ run }) => run.seconds)),
      shownSpread(spread(({ base, run }) => run.seconds / base.seconds)),
      shownSpread(spread(({ base, run }) => run.cpuSeconds / base.cpuSeconds)),
    ];
  });
}

function programsIn(folder) {
  const own = Object.entries(BUILDS).map(([name, { changes, mode = '' }], i) => {
    const at = join(folder, String(i));
    build(at, changes);
    const script = joinedScan(at, join(at, 'joined'));
    return { name, command: process.execPath, args: (path) => [script, path, '1', mode] };
  });
  const [name, ...rest] = option('beside', '').split('=');
  const [command, ...before] = rest.join('=').split(' ');
  const beside = name === '' ? [] : [{ name, command, args: (path) => [...before, path] }];
  return [...own, ...beside];
}

const nameOf = (path) => {
  const name = basename(path);
  return (name === 'repo' || name === '.git' ? basename(resolve(path, '..')) : name).replace('+', '/');
};

const tableOf = (path, rows) => [
  `## ${nameOf(path)}`,
  '',
  '| Scan with one key | Seconds | Wall ratio | CPU ratio |',
  '| --- | --- | --- | --- |',
  ...rows.map((cells) => `| ${cells.join(' | ')} |`),
  '',
];

function main() {
  const paths = process.argv.slice(2).filter((arg) => !arg.startsWith('--'));
  const folder = mkdtempSync(join(tmpdir(), 'keyaudit-limits-'));
  const kind = machine();
  try {
    const programs = programsIn(folder);
    const rounds = Number(option('rounds', '3'));
    const date = new Date().toISOString().slice(0, 10);
    const text = [
      `# What the parts of a leak scan cost, ${date}`,
      '',
      `${shownMachine(kind)} Medians, with the least and the most, of ${rounds} rounds; ratios to \`git cat-file\` of all objects, once a round.`,
      'Each row is a build that lacks one part, joined into few files as the published program is, from the start of Node to its end;',
      'what it finds is less than what the program must find.',
      '',
      ...paths.flatMap((path) => tableOf(path, measured(resolve(path), programs, rounds))),
      'What these figures mean stands in [leak-notes](leak-notes.md).',
      '',
    ].join('\n');
    console.log(text);
    if (process.argv.includes('--save'))
      writeFileSync(fileURLToPath(new URL(`results/leak-limits-${date}.md`, import.meta.url)), text);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

main();
