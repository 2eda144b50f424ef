import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { type PackReading, type WalkedPack, walkPack } from '../../../src/git/pack/walk-pack.js';
import { loadDetectors } from '../../../src/leaks/detectors/load-detectors.js';
import { compileNeedles } from '../../../src/leaks/needles.js';
import { packReadingOf } from '../../../src/leaks/pack-reading.js';
import { buildWalker } from '../../support/built-walker.js';
import { GitRepository, temporaryFolder } from '../../support/git-repository.js';
import { handMadePack, packIn } from '../../support/hand-made-pack.js';
import { knownKey, quietContext } from '../../support/scan.js';
import { bytesOf, CHANGES, type Entry, KEY, SHORT, shiftNames, SOUGHT } from '../../support/tree-changes.js';

function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Writes an object as it is, be it nonsense. */
function writeObject({ path }: GitRepository, type: string, content: Buffer): string {
  const whole = Buffer.concat([Buffer.from(`${type} ${content.length}\0`), content]);
  const id = createHash('sha1').update(whole).digest('hex');
  const folder = join(path, '.git/objects', id.slice(0, 2));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, id.slice(2)), deflateSync(whole));
  return id;
}

interface Packed {
  readonly repository: GitRepository;
  readonly pack: string;
  readonly trees: ReadonlyMap<string, readonly Entry[]>;
  readonly blobs: ReadonlySet<string>;
}

/** Versions of directories of different sizes in one pack, of which it holds some of the files that they name. */
function packedTrees(seed: number): Packed {
  const next = numbers(seed);
  const repository = new GitRepository(temporaryFolder());
  const blobs = new Set<string>();
  const id = (): string => {
    if (next(8) === 0)
      return createHash('sha1')
        .update(`absent ${next(1e6)}`)
        .digest('hex');
    const blob = writeObject(repository, 'blob', Buffer.from(`content ${next(2000)}`));
    blobs.add(blob);
    return blob;
  };
  const trees = new Map<string, readonly Entry[]>();
  for (const size of [3, 30, 400]) {
    const entries = Array.from({ length: size }, (_, i) => ({
      mode: '100644',
      name: `file-${i}.ts`,
      id: id(),
    }));
    for (let version = 0; version < 150; version += 1) {
      for (let i = next(4); i >= 0; i -= 1) CHANGES[next(CHANGES.length)]?.(entries, next, id);
      trees.set(writeObject(repository, 'tree', bytesOf(entries)), [...entries]);
    }
  }
  return { repository, pack: packed(repository, [...trees.keys(), ...blobs]), trees, blobs };
}

function packed(repository: GitRepository, ids: readonly string[]): string {
  const list = ids.map((each) => `${each} dir`).join('\n');
  repository.gitWith(
    `${list}\n`,
    'pack-objects',
    '-q',
    '--window=60',
    '--depth=50',
    '.git/objects/pack/pack',
  );
  return packIn(repository);
}

const detectors = await loadDetectors(['rules/detectors']);
const whole = packReadingOf(compileNeedles({ known: [knownKey(KEY), knownKey(SHORT)], detectors }));

function readingBy(helpers: number): PackReading {
  if (whole === undefined) throw new Error('expected a filter');
  return { ...whole, helpers: { ...whole.helpers, count: helpers, minPackBytes: 0 } };
}

const idsIn = (bytes: Buffer | undefined): readonly string[] =>
  Array.from(
    { length: (bytes?.length ?? 0) / 20 },
    (_, i) => bytes?.toString('hex', i * 20, i * 20 + 20) ?? '',
  );

async function walk(pack: string, reading: PackReading): Promise<WalkedPack> {
  const walked = await walkPack({ pack, ...reading }, quietContext);
  if (walked === undefined) throw new Error('expected to be read');
  expect(walked.unread).toEqual([]);
  return walked;
}

beforeAll(buildWalker);

describe('the pack reader, of trees', () => {
  it.each([1, 2, 3, 4, 5, 6])(
    'tells in history %i exactly those in whose names something is, and each id that is not there',
    async (seed) => {
      const { repository, pack, trees, blobs } = packedTrees(seed);
      const listed = repository.git('verify-pack', '-v', `${pack}.idx`);
      expect(listed.match(/ tree .* [0-9]+ [0-9a-f]{40}$/gm)?.length).toBeGreaterThan(200);
      const telling = [...trees]
        .filter(([, entries]) => entries.some(({ name }) => SOUGHT.some((text) => name.includes(text))))
        .map(([tree]) => tree);
      expect(telling.length).toBeGreaterThan(20);
      const named = [...trees.values()].flat().filter(({ mode }) => mode !== '160000');
      const absent = new Set(named.map(({ id }) => id).filter((id) => !blobs.has(id)));
      expect(absent.size).toBeGreaterThan(20);
      const everyVersion = { ...readingBy(0), filter: { ...readingBy(0).filter, reach: undefined } };
      for (const reading of [readingBy(0), readingBy(1), everyVersion]) {
        const walked = await walk(pack, reading);
        expect([...walked.flagged].sort()).toEqual(telling.sort());
        expect([...new Set(idsIn(walked.absent))].sort()).toEqual([...absent].sort());
      }
    },
  );

  it('is not misled by a delta that moves entries without moving bytes', async () => {
    const repository = new GitRepository(temporaryFolder());
    const zeros = (n: number): string => `${'00'.repeat(17)}${String(n).padStart(6, '0')}`;
    const versions = Array.from({ length: 28 }, (_, at) => {
      const base = Array.from({ length: 30 }, (_entry, i) => ({
        mode: '100644',
        name: `${at} file-name-${i}`,
        id: zeros(at * 100 + i),
      }));
      const moved = [...base];
      shiftNames(
        moved,
        (below) => (below > 20 ? at : 9),
        () => '',
      );
      const changed = moved.map((entry, i) => (i === at + 1 ? { ...entry, id: zeros(9000 + at) } : entry));
      return [base, moved, changed];
    });
    const pack = handMadePack(
      repository,
      versions.map((each) => each.map(bytesOf)),
    );
    const walked = await walk(pack, readingBy(0));
    expect(walked.flagged).toEqual([]);
    const named = versions.flat(2).map(({ id }) => id);
    expect([...new Set(idsIn(walked.absent))].sort()).toEqual([...new Set(named)].sort());
  });

  it('reads names in bytes that are ids in the version that they come from', async () => {
    const repository = new GitRepository(temporaryFolder());
    const id = writeObject(repository, 'blob', Buffer.from('there'));
    const many = Array.from({ length: 60 }, (_, i) => ({ mode: '100644', name: `file-${i}`, id }));
    const text = { mode: '100644', name: 'nnnn', id: Buffer.from(`100644 ${SHORT}`).toString('hex') };
    const base = bytesOf([...many, { mode: '100644', name: 'p', id }, text, ...many, ...many]);
    const before = bytesOf([...many, { mode: '100644', name: 'p', id }]).length;
    // An id that is 12 bytes shorter takes the next entry's mode and name.
    const cut = Buffer.concat([base.subarray(0, before - 12), base.subarray(before)]);
    const [one, two] = [base, cut].map((tree) => writeObject(repository, 'tree', tree));
    const pack = packed(repository, [one ?? '', two ?? '', id]);
    expect(repository.git('verify-pack', '-v', `${pack}.idx`)).toMatch(
      new RegExp(`^${two} tree +[0-9 ]+ 1 ${one}$`, 'm'),
    );
    const walked = await walk(pack, readingBy(0));
    expect(walked.flagged).toEqual([two]);
    expect(new Set(idsIn(walked.absent))).toEqual(
      new Set([
        text.id,
        Buffer.concat([Buffer.from(id, 'hex').subarray(0, 8), Buffer.from('100644 nnnn\0')]).toString('hex'),
      ]),
    );
  });

  it.each([
    ['ends in the middle of an id', (tree: Buffer) => tree.subarray(0, -7)],
    ['ends in the middle of a name', (tree: Buffer) => tree.subarray(0, -23)],
    ['has more behind its end', (tree: Buffer) => Buffer.concat([tree, Buffer.from('100644 more')])],
    ['lacks a mode', (tree: Buffer) => Buffer.concat([Buffer.from(`name\0${'i'.repeat(20)}`), tree])],
  ])('leaves it to git to understand what %s, and what is missing', async (_, broken) => {
    const repository = new GitRepository(temporaryFolder());
    const id = writeObject(repository, 'blob', Buffer.from('there'));
    const entries = Array.from({ length: 90 }, (_entry, i) => ({ mode: '100644', name: `file-${i}`, id }));
    const tree = bytesOf(entries);
    const good = writeObject(repository, 'tree', tree);
    const bad = writeObject(repository, 'tree', broken(tree));
    const walked = await walk(packed(repository, [good, bad, id]), readingBy(0));
    expect(walked.flagged).toEqual([bad]);
  });
});
