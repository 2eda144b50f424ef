import { copyFileSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { Secret } from '../../../src/core/secret.js';
import { readyReaders } from '../../../src/git/pack/pack-threads.js';
import { type PackReading, walkPack } from '../../../src/git/pack/walk-pack.js';
import { readStore } from '../../../src/git/store.js';
import { loadDetectors } from '../../../src/leaks/detectors/load-detectors.js';
import { compileNeedles, type Needles } from '../../../src/leaks/needles.js';
import { ObjectScanner } from '../../../src/leaks/object-scanner.js';
import { packReadingOf } from '../../../src/leaks/pack-reading.js';
import { fakeKey } from '../../../src/sandbox/fake-keys.js';
import { buildWalker } from '../../support/built-walker.js';
import { GitRepository, temporaryFolder } from '../../support/git-repository.js';
import { knownKey, quietContext } from '../../support/scan.js';

const KEYS = Array.from({ length: 24 }, (_, i) => fakeKey('api-video', `agreement-${i}`));
const HASHED = Array.from({ length: 6 }, (_, i) => fakeKey('cognitive3d-legacy', `agreement-${i}`));
const UNKNOWN = Array.from({ length: 6 }, (_, i) => fakeKey('cognitive3d', `agreement-${i}`));

/** Deterministic numbers in [0, below). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** A history whose versions cut keys apart, join their pieces, move and delete them, in long files that make good deltas. */
function plantedHistory(seed: number): GitRepository {
  const next = numbers(seed);
  const repository = new GitRepository(temporaryFolder());
  const strings = [...KEYS, ...HASHED, ...UNKNOWN];
  const files = Array.from({ length: 3 }, (_, f) =>
    Array.from({ length: 400 }, (_, i) => `file ${f} line ${i} ${i * i}`),
  );
  for (let version = 0; version < 30; version += 1) {
    for (const lines of files) changeLines(lines, { next, strings });
    for (const [f, lines] of files.entries())
      repository.write(`f${f}.txt`, lines.join(version % 7 === 6 ? '\n\n' : '\n'));
    if (version % 9 === 8)
      repository.write(
        'wide.txt',
        Buffer.from(`key=${strings[next(strings.length)] ?? ''}\n`.repeat(3), 'utf16le'),
      );
    repository.commit(version % 5 === 4 ? `Use ${strings[next(strings.length)] ?? ''}` : 'Work');
  }
  repository.git('repack', '-q', '-a', '-d', '-f', '--depth=50', '--window=50');
  return repository;
}

const CUTS = 16;

/** Files in which a text stands in two pieces, and then in one: a shorter version, so that git makes it from the other. */
function cutHistory(text: string, from: number): GitRepository {
  const repository = new GitRepository(temporaryFolder());
  const texts = Array.from({ length: CUTS }, (_, cut) => {
    const lines = Array.from({ length: 60 }, (_line, i) => `file ${cut} line ${i} ${i * i * (cut + 3)}`);
    const [first, second] = [text.slice(0, from + cut), text.slice(from + cut)];
    return (between: string) => [...lines, first + between + second, ...lines.toReversed(), ''].join('\n');
  });
  for (const [cut, of] of texts.entries()) repository.write(`cut-${cut}.txt`, of(' is cut here '));
  repository.commit();
  for (const [cut, of] of texts.entries()) repository.write(`cut-${cut}.txt`, of(''));
  repository.commit();
  repository.git('repack', '-q', '-a', '-d', '-f', '--depth=1', '--window=50');
  return repository;
}

const wideBase64 = (text: string): string => Buffer.from(`"${text}"`, 'utf16le').toString('base64');
const basicHeader = (key: string): string =>
  `Authorization: Basic ${Buffer.from(`${key}:`).toString('base64')}`;

interface Change {
  readonly next: (below: number) => number;
  readonly strings: readonly string[];
}

function changeLines(lines: string[], { next, strings }: Change): void {
  const at = next(lines.length - 2);
  const text = strings[next(strings.length)] ?? '';
  const cut = next(text.length);
  const before = lines[at] ?? '';
  const changes = [
    () => (lines[at] = `${before} ${text} `),
    () => lines.splice(at, 1, `${before} ${text.slice(0, cut)}`, text.slice(cut)),
    () => lines.splice(at, 2, before + (lines[at + 1] ?? '')),
    () => lines.splice(at, 1),
    () => lines.splice(at, 0, text),
    () => lines.push(lines.shift() ?? ''),
  ];
  changes[next(changes.length)]?.();
}

async function hitsOf(gitDir: string, needles: Needles, reading: PackReading | undefined): Promise<string[]> {
  const scanner = new ObjectScanner(needles);
  const read = await readStore({ gitDir, sink: scanner, reading }, quietContext);
  expect(read.problem).toBeUndefined();
  const blobs = [...scanner.blobHits].flatMap(([id, hits]) =>
    hits.map(
      (hit) =>
        `${id} ${hit.fingerprint} ${hit.encoding} ${hit.recognition.by} ${hit.from} ${hit.line}:${hit.column}`,
    ),
  );
  const messages = scanner.messageHits.map(
    ({ commit, time, hit }) => `${commit} ${time} ${hit.fingerprint} ${hit.line}:${hit.column}`,
  );
  return [...blobs, ...messages, `${read.objects} objects`].sort();
}

const detectors = await loadDetectors(['rules/detectors']);
const known = [
  ...KEYS.map(knownKey),
  ...HASHED.map((key) => ({ fingerprint: Secret.of(key).fingerprint() })),
];
const needles = compileNeedles({ known, detectors });
/** Looked for in the way of many. */
const asMany = compileNeedles({ known, detectors, manyValues: 0 });

function readingBy(helpers: number, wanted = needles): PackReading {
  const reading = packReadingOf(wanted);
  if (reading === undefined) throw new Error('expected a filter');
  return { ...reading, helpers: { ...reading.helpers, count: helpers, minPackBytes: 0 } };
}

const alone = readingBy(0);

function packOf({ path }: GitRepository): string {
  const folder = join(path, '.git/objects/pack');
  const name = readdirSync(folder).find((file) => file.endsWith('.pack')) ?? '';
  return join(folder, name.slice(0, -'.pack'.length));
}

beforeAll(buildWalker);

describe('the pack reader', () => {
  it.each([1, 2, 3, 4])(
    'finds in planted history %i what git shows, by changes, by whole versions, with other threads and as many keys',
    async (seed) => {
      const repository = plantedHistory(seed);
      const gitDir = join(repository.path, '.git');
      const walked = await walkPack({ pack: packOf(repository), ...alone }, quietContext);
      expect(walked?.unread).toEqual([]);
      const byGit = await hitsOf(gitDir, needles, undefined);
      expect(byGit.length).toBeGreaterThan(50);
      expect(await hitsOf(gitDir, needles, alone)).toEqual(byGit);
      const whole = { ...alone, filter: { ...alone.filter, reach: undefined } };
      expect(await hitsOf(gitDir, needles, whole)).toEqual(byGit);
      expect(await hitsOf(gitDir, needles, readingBy(2))).toEqual(byGit);
      expect(await hitsOf(gitDir, asMany, readingBy(1, asMany))).toEqual(byGit);
    },
  );

  it.each([
    ['a keyword in base64', Buffer.from(`"token": "${UNKNOWN[0] ?? ''}"`).toString('base64'), 12],
    ['a keyword in hex', Buffer.from(UNKNOWN[1] ?? '').toString('hex'), 0],
    ['a keyword in base64 of two bytes a character', wideBase64(UNKNOWN[2] ?? ''), 0],
    ['a keyword in clear', `APIKEY:ORGANIZATION ${HASHED[0] ?? ''}`, 0],
    ['a scheme word and the base64 behind it', basicHeader(fakeKey('api-video', 'not known')), 0],
    ['base64 that was too short behind a scheme word', basicHeader(fakeKey('api-video', 'not known')), 45],
  ])('finds %s that a change puts together from two pieces, wherever it was cut', async (_, text, from) => {
    const repository = cutHistory(text, from);
    const gitDir = join(repository.path, '.git');
    const listed = repository.git('verify-pack', '-v', `${packOf(repository)}.idx`).toString();
    // The smaller version of each file is made from the larger one.
    expect(listed.match(/ blob .* 1 [0-9a-f]{40}$/gm)?.length).toBeGreaterThanOrEqual(CUTS);
    const byGit = await hitsOf(gitDir, needles, undefined);
    expect(byGit.length).toBeGreaterThan(CUTS);
    expect(await hitsOf(gitDir, needles, alone)).toEqual(byGit);
  });

  it('and git together read loose objects, several packs and objects that lie in two of them', async () => {
    const repository = plantedHistory(9);
    repository.write('more', KEYS[0] ?? '').commit();
    repository.git('repack', '-q', '-d');
    repository.git('repack', '-q', '-a');
    repository.write('loose', KEYS[1] ?? '').commit();
    const gitDir = join(repository.path, '.git');
    expect(await hitsOf(gitDir, needles, alone)).toEqual(await hitsOf(gitDir, needles, undefined));
  });

  it('leaves to git what is damaged, whatever is damaged', async () => {
    const repository = plantedHistory(5);
    const pack = packOf(repository);
    const next = numbers(77);
    const whole = readFileSync(`${pack}.pack`);
    const copy = join(temporaryFolder(), 'pack-1');
    copyFileSync(`${pack}.idx`, `${copy}.idx`);
    for (let round = 0; round < 60; round += 1) {
      const damaged = Buffer.from(whole);
      for (let i = 0; i < 20; i += 1) damaged[12 + next(damaged.length - 32)] = next(256);
      writeFileSync(`${copy}.pack`, round % 10 === 9 ? damaged.subarray(0, next(damaged.length)) : damaged);
      const reading = { ...alone, judge: () => next(2) === 1 };
      const walked = await walkPack({ pack: copy, ...reading }, quietContext);
      expect(walked?.unread.length).toBeGreaterThan(0);
    }
  });

  it('leaves a pack to git that is larger than it may be, and it is told why', async () => {
    const repository = plantedHistory(10);
    const gitDir = join(repository.path, '.git');
    const limited = { ...readingBy(1), maxPackBytes: statSync(`${packOf(repository)}.pack`).size - 1 };
    expect(await hitsOf(gitDir, needles, limited)).toEqual(await hitsOf(gitDir, needles, undefined));
    const sink = new ObjectScanner(needles);
    const { detours, objects } = await readStore({ gitDir, sink, reading: limited }, quietContext);
    expect(detours).toEqual([
      expect.stringMatching(
        new RegExp(
          `^git read all ${objects} objects of pack-[0-9a-f]{8}…, which is larger than the memory that a pack may take$`,
        ),
      ),
    ]);
    const enough = { ...limited, maxPackBytes: limited.maxPackBytes + 1 };
    expect((await readStore({ gitDir, sink, reading: enough }, quietContext)).detours).toEqual([]);
  });

  it('asks git for the damaged object and what is made from it, and for nothing else', async () => {
    const repository = plantedHistory(8);
    const pack = packOf(repository);
    const listed = repository.git('verify-pack', '-v', `${pack}.idx`).toString();
    // An entry that is a delta and no other's base: `<id> <type> <size> <size in pack> <offset> <depth> <base>`
    const rows = listed.split('\n').map((line) => line.split(/\s+/));
    const bases = new Set(rows.map((row) => row[6]));
    const leaf = rows.find((row) => row[1] === 'blob' && row[6] !== undefined && !bases.has(row[0] ?? ''));
    const bytes = readFileSync(`${pack}.pack`);
    const at = Number(leaf?.[4]) + Number(leaf?.[3]) - 3;
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    const copy = join(temporaryFolder(), 'pack-1');
    copyFileSync(`${pack}.idx`, `${copy}.idx`);
    writeFileSync(`${copy}.pack`, bytes);
    const walked = await walkPack({ pack: copy, ...readingBy(1) }, quietContext);
    expect(walked?.unread).toEqual([leaf?.[0]]);
    expect(walked?.flagged.length).toBeGreaterThan(0);
  });

  it('leaves the pack to git when a helping thread cannot start', async () => {
    const repository = plantedHistory(7);
    const broken = join(temporaryFolder(), 'broken.mjs');
    writeFileSync(broken, 'throw new Error("no");');
    const { helpers, ...rest } = readingBy(1);
    const reading = { ...rest, helpers: { ...helpers, file: pathToFileURL(broken) } };
    const gitDir = join(repository.path, '.git');
    expect(await hitsOf(gitDir, needles, reading)).toEqual(await hitsOf(gitDir, needles, undefined));
  });

  it('reads with threads that were started before, and starts others where those died', async () => {
    const repository = plantedHistory(3);
    const gitDir = join(repository.path, '.git');
    const byGit = await hitsOf(gitDir, needles, undefined);
    const reading = readingBy(2);
    const folder = temporaryFolder();
    const [noted, counting] = [join(folder, 'starts'), join(folder, 'counting.mjs')];
    writeFileSync(
      counting,
      `import { appendFileSync } from 'node:fs'; appendFileSync('${noted}', '.'); await import('${reading.helpers.file.href}');`,
    );
    const counted = { ...reading, helpers: { ...reading.helpers, file: pathToFileURL(counting) } };
    readyReaders(1, counted.helpers.file);
    const sink = new ObjectScanner(needles);
    expect((await readStore({ gitDir, sink, reading: counted }, quietContext)).detours).toEqual([]);
    // One before, and one more.
    expect(readFileSync(noted, 'utf8')).toBe('..');
    readyReaders(1, counted.helpers.file);
    expect(await hitsOf(gitDir, needles, counted)).toEqual(byGit);
    const broken = join(temporaryFolder(), 'broken.mjs');
    writeFileSync(broken, 'throw new Error("no");');
    readyReaders(2, pathToFileURL(broken));
    expect(await hitsOf(gitDir, needles, reading)).toEqual(byGit);
    const dying = { ...reading, helpers: { ...reading.helpers, file: pathToFileURL(broken) } };
    expect(await hitsOf(gitDir, needles, dying)).toEqual(byGit);
  });

  it('refuses an index that is cut off or not ordered', async () => {
    const repository = plantedHistory(6);
    const pack = packOf(repository);
    const copy = join(temporaryFolder(), 'pack-1');
    copyFileSync(`${pack}.pack`, `${copy}.pack`);
    const index = readFileSync(`${pack}.idx`);
    for (const wrong of [
      index.subarray(0, -1),
      Buffer.alloc(index.length),
      Buffer.from(index).fill(255, 8, 16),
    ]) {
      writeFileSync(`${copy}.idx`, wrong);
      expect(await walkPack({ pack: copy, ...alone }, quietContext)).toBeUndefined();
    }
  });
});
