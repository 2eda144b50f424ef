import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { describe, expect, it } from 'vitest';

const SRC = resolve(import.meta.dirname, '../src');

/** What each folder of src may import, besides itself and core. Everything else is a wrong direction. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  core: [],
  process: [],
  yaml: [],
  match: [],
  addresses: [],
  credentials: ['process'],
  git: ['process'],
  http: [],
  providers: ['http', 'credentials'],
  github: ['http', 'git', 'credentials', 'process'],
  config: ['providers', 'github', 'credentials', 'yaml'],
  inventory: ['providers', 'credentials', 'http', 'yaml', 'addresses'],
  facts: ['addresses'],
  rules: ['yaml'],
  leaks: ['git', 'match', 'yaml'],
  correlate: [],
  findings: [],
  reports: [],
  sandbox: ['process'],
  shards: ['inventory', 'leaks'],
  'audit.ts': [
    'config',
    'inventory',
    'facts',
    'rules',
    'leaks',
    'correlate',
    'findings',
    'github',
    'credentials',
  ],
  cli: ['*'],
};

interface Import {
  readonly file: string;
  readonly target: string;
}

/** AssemblyScript: another language with the same ending, which imports nothing from outside of its folder. */
const WALKER = 'git/pack/walker/';

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.split(sep).join('/'))
  .filter((file) => !file.startsWith(WALKER));

const roomOf = (file: string): string => file.split('/', 1).join('');

function importsOf(file: string): readonly Import[] {
  const text = readFileSync(join(SRC, file), 'utf8');
  const targets = [...text.matchAll(/(?:from|import\(|import)\s*'(?<target>[^']+)'/g)];
  return targets.map((match) => ({ file, target: match.groups?.['target'] ?? '' }));
}

const all = files.flatMap(importsOf);

describe('the house', () => {
  it('has no import against the direction of the data', () => {
    const wrong = all
      .filter(({ target }) => target.startsWith('.'))
      .map(({ file, target }) => ({ file, to: relative(SRC, resolve(SRC, dirname(file), target)) }))
      .filter(({ to }) => !to.startsWith('..'))
      .filter(({ file, to }) => {
        const [from, room] = [roomOf(file), roomOf(to).replace(/\.js$/, '.ts')];
        const allowed = ALLOWED[from] ?? [];
        return room !== from && room !== 'core' && !allowed.includes(room) && !allowed.includes('*');
      })
      .map(({ file, to }) => `${file} -> ${to}`);
    expect(wrong).toEqual([]);
  });

  it('has no folder that the table of imports does not know', () => {
    expect([...new Set(files.map(roomOf))].filter((room) => !(room in ALLOWED))).toEqual([]);
  });

  it.each<[string, RegExp, readonly string[]]>([
    [
      'the network',
      /^(?:undici|octokit|@octokit\/.*|node:https?|node:net|node:tls)$/,
      ['http', 'github', 'sandbox'],
    ],
    ['child processes', /^node:child_process$/, ['process', 'sandbox']],
    ['the CEL library', /^@marcbachmann\/cel-js$/, ['rules/condition.ts', 'rules/condition-syntax.ts']],
  ])('opens %s in its own rooms only', (_what, packages, rooms) => {
    const users = all.filter(({ target }) => packages.test(target)).map(({ file }) => file);
    expect(
      users.filter((file) => !rooms.some((room) => file === room || file.startsWith(`${room}/`))),
    ).toEqual([]);
  });

  it('asks for the time, writes to streams and ends the process in the command line only', () => {
    const impure =
      /\b(?:Date\.now\(\)|new Date\(\)|performance\.now\(\)|process\.(?:stdout|stderr|exit)\b|console\.)/;
    const allowed = (file: string): boolean => file.startsWith('cli/') || file.startsWith('sandbox/');
    const users = files.filter((file) => !allowed(file) && impure.test(codeOf(file)));
    expect(users).toEqual([]);
  });

  it('has no file over 300 lines', () => {
    const long = files.filter((file) => readFileSync(join(SRC, file), 'utf8').split('\n').length > 301);
    expect(long).toEqual([]);
  });

  it('has no hole in its types and no silenced check', () => {
    const hole =
      /(?:: any\b|as any\b|<any>|@ts-ignore|@ts-expect-error|oxlint-disable|eslint-disable|biome-ignore)/;
    expect(files.filter((file) => hole.test(codeOf(file)))).toEqual([]);
  });

  it('has no folder of odds and ends', () => {
    expect(
      files.filter((file) => /(?:^|\/)(?:utils?|helpers?|common|misc|manager)(?:\/|\.ts$)/.test(file)),
    ).toEqual([]);
  });
});

const codeOf = (file: string): string =>
  readFileSync(join(SRC, file), 'utf8')
    .split('\n')
    .filter((line) => !/^\s*(?:\/\/|\/\*|\*)/.test(line))
    .join('\n');

describe('the value of a secret', () => {
  it('is asked for in a counted number of places', () => {
    const callers = files.filter((file) => codeOf(file).includes('.reveal()'));
    expect(callers).toEqual(['http/authorization.ts', 'match/encodings.ts']);
  });
});
