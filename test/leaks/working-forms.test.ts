import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { copyStaged } from '../../src/cli/copy-staged.js';
import type { Place } from '../../src/core/leak.js';
import { fakeKey } from '../../src/sandbox/fake-keys.js';
import { GitRepository, temporaryFolder } from '../support/git-repository.js';
import { knownKey, placesOf, scan } from '../support/scan.js';
import { createTestShell } from '../support/test-shell.js';

const plain = fakeKey('api-video', 'working forms');
/** What every notation writes in another way. */
const awkward = `a+b/c"d&e<f>'${fakeKey('vidbeo', 'working forms')}`;
/** Base64 with characters that its URL-safe alphabet lacks, behind however many bytes. */
const tildes = `~~~>>>???${fakeKey('vidbeo', 'tildes')}`;
const VALUES = [plain, awkward, tildes];

/** Two lines, and a third one that a value follows in its fourth column; columns count bytes. */
const LEAD = 'one\ntwo é\nk: ';

interface Form {
  readonly name: string;
  readonly value: string;
  readonly write: (value: string) => string | Buffer;
  readonly encoding: string;
  readonly line?: number;
  /** The fourth where nothing else is said. */
  readonly column?: number;
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const base64url = (text: string): string => Buffer.from(text).toString('base64url');
const hex = (text: string): string => Buffer.from(text).toString('hex');
const wide = (text: string): Buffer => Buffer.from(text, 'utf16le');
const lead = (written: string | Buffer): Buffer =>
  Buffer.concat([Buffer.from(LEAD), Buffer.from(written), Buffer.from(' and more\n')]);
const percent = encodeURIComponent;
const xml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
const json = (text: string): string => JSON.stringify(text).slice(1, -1);

/** The first character of base64 that a value alone decides: the 1st, 3rd or 4th behind 0, 1 or 2 bytes. */
const FORMS: readonly Form[] = [
  { name: 'plain', value: plain, write: (v) => lead(v), encoding: 'plain' },
  { name: 'base64-0', value: plain, write: (v) => lead(base64(`${v}#end`)), encoding: 'base64' },
  { name: 'base64-1', value: plain, write: (v) => lead(base64(`#${v}#end`)), encoding: 'base64', column: 6 },
  { name: 'base64-2', value: plain, write: (v) => lead(base64(`##${v}#end`)), encoding: 'base64', column: 7 },
  { name: 'url-0', value: tildes, write: (v) => lead(base64url(`${v}#end`)), encoding: 'base64url' },
  { name: 'url-1', value: tildes, write: (v) => lead(base64url(`#${v}#`)), encoding: 'base64url', column: 6 },
  { name: 'url-2', value: tildes, write: (v) => lead(base64url(`##${v}`)), encoding: 'base64url', column: 7 },
  { name: 'basic', value: plain, write: (v) => lead(base64(`${v}:`)), encoding: 'basic-auth' },
  { name: 'hex', value: plain, write: (v) => lead(hex(v)), encoding: 'hex' },
  { name: 'upper-hex', value: plain, write: (v) => lead(hex(v).toUpperCase()), encoding: 'hex' },
  {
    name: 'reversed',
    value: plain,
    write: (v) => lead(Array.from(v).reverse().join('')),
    encoding: 'reversed',
  },
  { name: 'percent', value: awkward, write: (v) => lead(percent(v)), encoding: 'percent' },
  {
    name: 'small-percent',
    value: awkward,
    write: (v) => lead(percent(v).replace(/%../g, (code) => code.toLowerCase())),
    encoding: 'percent',
  },
  { name: 'json', value: awkward, write: (v) => lead(json(v)), encoding: 'json' },
  {
    name: 'json-slash',
    value: awkward,
    write: (v) => lead(json(v).replaceAll('/', '\\/')),
    encoding: 'json',
  },
  { name: 'xml', value: awkward, write: (v) => lead(xml(v)), encoding: 'xml' },
  { name: 'awkward', value: awkward, write: (v) => lead(v), encoding: 'plain' },
];

/** With NUL bytes, which no link can hold. */
const WIDE_FORMS: readonly Form[] = [
  { name: 'wide-le', value: plain, write: (v) => lead(wide(v)), encoding: 'utf-16le' },
  { name: 'wide-be', value: plain, write: (v) => lead(wide(v).swap16()), encoding: 'utf-16be' },
  // Wide from the first byte on; the zero byte of the line feed stands in the next line, or in the same.
  {
    name: 'file-le',
    value: plain,
    write: (v) => wide(`\ufeffone\nk=${v}\n`),
    encoding: 'utf-16le',
    line: 2,
    column: 6,
  },
  {
    name: 'file-be',
    value: plain,
    write: (v) => wide(`\ufeffone\nk=${v}\n`).swap16(),
    encoding: 'utf-16be',
    line: 2,
    column: 5,
  },
];
const ALL_FORMS = [...FORMS, ...WIDE_FORMS];

type Expected = Pick<Place, 'kind' | 'path' | 'line' | 'column' | 'encoding' | 'commit'>;

interface Somewhere {
  /** What is scanned. */
  readonly path: string;
  /** Puts this before the names of the forms. */
  readonly prefix?: string;
  readonly kind: Place['kind'];
  readonly commit?: string;
}

/** By the names of files. */
type Contents = ReadonlyMap<string, string | Buffer>;

interface Spot {
  readonly where: string;
  readonly forms: readonly Form[];
  readonly lay: (contents: Contents) => Somewhere | Promise<Somewhere>;
}

function writeAll(work: GitRepository, contents: Contents, folder = ''): GitRepository {
  for (const [name, content] of contents) work.write(folder + name, content);
  return work;
}

function linkAll(work: GitRepository, contents: Contents): GitRepository {
  for (const [name, content] of contents) symlinkSync(Buffer.from(content), join(work.path, name));
  return work;
}

const newRepository = (): GitRepository => new GitRepository(temporaryFolder());

const SPOTS: readonly Spot[] = [
  {
    where: 'tracked files',
    forms: ALL_FORMS,
    lay: (contents) => {
      const work = writeAll(newRepository(), contents);
      return { path: work.path, kind: 'file', commit: work.commit() };
    },
  },
  {
    where: 'untracked files',
    forms: ALL_FORMS,
    lay: (contents) => {
      const work = newRepository();
      work.write('a', 'x').commit();
      return { path: writeAll(work, contents, 'new/').path, prefix: 'new/', kind: 'working-file' };
    },
  },
  {
    where: 'ignored files',
    forms: ALL_FORMS,
    lay: (contents) => {
      const work = newRepository();
      work.write('.gitignore', 'build/').commit();
      return { path: writeAll(work, contents, 'build/').path, prefix: 'build/', kind: 'working-file' };
    },
  },
  {
    where: 'what is staged and stands in no file any more',
    forms: ALL_FORMS,
    lay: async (contents) => {
      const shell = await createTestShell();
      onTestFinished(() => shell.clean());
      const work = writeAll(new GitRepository(shell.folder), contents, 'src/');
      work.git('add', '--all');
      for (const name of contents.keys()) writeFileSync(join(work.path, 'src', name), 'harmless');
      return { path: await copyStaged(shell), prefix: 'src/', kind: 'working-file' };
    },
  },
  {
    where: 'files of a submodule',
    forms: ALL_FORMS,
    lay: (contents) => {
      const inner = writeAll(newRepository(), contents);
      const commit = inner.commit();
      const outer = newRepository();
      outer.git('submodule', '--quiet', 'add', inner.path, 'libs/inner');
      return { path: outer.path, prefix: 'libs/inner/', kind: 'file', commit };
    },
  },
  {
    where: 'untracked files in a submodule',
    forms: ALL_FORMS,
    lay: (contents) => {
      const inner = newRepository();
      inner.write('a', 'x').commit();
      const outer = newRepository();
      outer.git('submodule', '--quiet', 'add', inner.path, 'inner');
      return { path: writeAll(outer, contents, 'inner/').path, prefix: 'inner/', kind: 'working-file' };
    },
  },
  {
    where: 'what untracked links lead to',
    forms: FORMS,
    lay: (contents) => ({ path: linkAll(newRepository(), contents).path, kind: 'working-file' }),
  },
  {
    where: 'what tracked links lead to',
    forms: FORMS,
    lay: (contents) => {
      const work = linkAll(newRepository(), contents);
      return { path: work.path, kind: 'file', commit: work.commit() };
    },
  },
];

const contentsOf = (forms: readonly Form[], spoil = (value: string): string => value): Contents =>
  new Map(forms.map(({ name, value, write }) => [name, write(spoil(value))]));

/** Of all values, in the order of paths; from how many values on they are looked for as many changes nothing. */
async function foundIn(path: string, manyValues?: number): Promise<Expected[]> {
  const { candidates } = await scan([path], VALUES.map(knownKey), manyValues);
  return VALUES.flatMap((value) => placesOf(candidates, value))
    .map(({ kind, path: at, line, column, encoding, commit }) => ({
      kind,
      path: at,
      line,
      column,
      encoding,
      commit,
    }))
    .sort(byPath);
}

const byPath = (a: Expected, b: Expected): number => ((a.path ?? '') < (b.path ?? '') ? -1 : 1);

function expectedAt({ prefix = '', kind, commit }: Somewhere, forms: readonly Form[]): Expected[] {
  return forms
    .map(({ name, encoding, line = 3, column = 4 }) => ({
      kind,
      path: prefix + name,
      line,
      column,
      encoding,
      commit,
    }))
    .sort(byPath);
}

describe('a known value in every written form', () => {
  it.each(SPOTS)('is found in $where, with path, line and column', async ({ forms, lay }) => {
    const somewhere = await lay(contentsOf(forms));
    const expected = expectedAt(somewhere, forms);
    expect(await foundIn(somewhere.path)).toEqual(expected);
    expect(await foundIn(somewhere.path, 0)).toEqual(expected);
  });
});

const flipped = (value: string, at: number): string =>
  value.slice(0, at) + String.fromCharCode(value.charCodeAt(at) ^ 1) + value.slice(at + 1);

const SPOILERS: Readonly<Record<string, (value: string) => string>> = {
  'another first character': (value) => flipped(value, 0),
  'another character in the middle': (value) => flipped(value, 25),
  'another last character': (value) => flipped(value, value.length - 1),
  'no first character': (value) => value.slice(1),
  'no last character': (value) => value.slice(0, -1),
  'a character too many': (value) => `${value.slice(0, 25)}z${value.slice(25)}`,
};

/** Every form with every flaw, and one without any. */
const spoiltContents = (forms: readonly Form[]): Contents =>
  new Map([
    ...Object.entries(SPOILERS).flatMap(([flaw, spoil]) =>
      [...contentsOf(forms, spoil)].map(([name, content]) => [`${name}, ${flaw}`, content] as const),
    ),
    ['without a flaw', lead(plain)],
  ]);

describe('what is one character off a known value, in every written form,', () => {
  it.each(SPOTS)('is not that value in $where', async ({ forms, lay }) => {
    const { path, prefix = '' } = await lay(spoiltContents(forms));
    expect((await foundIn(path)).map((place) => place.path)).toEqual([`${prefix}without a flaw`]);
  });
});
