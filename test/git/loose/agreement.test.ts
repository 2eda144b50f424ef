import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync, gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ObjectHead } from '../../../src/git/objects.js';
import { ObjectIds } from '../../../src/git/object-ids.js';
import { listStoreFiles } from '../../../src/git/pack/pack-files.js';
import { readChosen } from '../../../src/git/read-chosen.js';
import { readStore } from '../../../src/git/store.js';
import { readStoreIds } from '../../../src/git/store-listing.js';
import { loadDetectors } from '../../../src/leaks/detectors/load-detectors.js';
import { compileNeedles, type Needles } from '../../../src/leaks/needles.js';
import { ObjectScanner } from '../../../src/leaks/object-scanner.js';
import { packReadingOf } from '../../../src/leaks/pack-reading.js';
import { fakeKey } from '../../../src/sandbox/fake-keys.js';
import { buildWalker } from '../../support/built-walker.js';
import { GitRepository, temporaryFolder } from '../../support/git-repository.js';
import { knownKey, quietContext } from '../../support/scan.js';

const KEY = fakeKey('api-video', 'loose');
const UNKNOWN = fakeKey('cognitive3d', 'loose');
const HASHED = fakeKey('cognitive3d-legacy', 'loose');

let needles: Needles;
beforeAll(async () => {
  buildWalker();
  const detectors = await loadDetectors(['rules/detectors']);
  const hashed = knownKey(HASHED).fingerprint;
  needles = compileNeedles({ known: [knownKey(KEY), { fingerprint: hashed }], detectors });
});

type Type = ObjectHead['type'];

/** Writes an object as git does, and tells its id. */
function writeLoose(gitDir: string, type: Type, content: string | Buffer, options: Options = {}): string {
  const bytes = Buffer.from(content);
  const head = options.head ?? `${type} ${bytes.length}\0`;
  const whole = Buffer.concat([Buffer.from(head), bytes]);
  const id = createHash('sha1').update(whole).digest('hex');
  const file = deflateSync(whole, { level: options.level ?? 1 });
  mkdirSync(join(gitDir, 'objects', id.slice(0, 2)), { recursive: true });
  writeFileSync(fileOf(gitDir, id), options.damage?.(file) ?? file);
  return id;
}

interface Options {
  readonly head?: string;
  readonly level?: number;
  readonly damage?: (file: Buffer) => Buffer;
}

const fileOf = (gitDir: string, id: string): string => join(gitDir, 'objects', id.slice(0, 2), id.slice(2));

/** @param minLoose fewer objects are git's to read */
async function read(gitDir: string, reader: 'git' | 'loose' | 'nothing but git') {
  const scanner = new ObjectScanner(needles);
  const reading = reader === 'nothing but git' ? undefined : packReadingOf(needles);
  const minLoose = reader === 'loose' ? 0 : Number.POSITIVE_INFINITY;
  const store = await readStore({ gitDir, sink: scanner, reading, minLoose }, quietContext);
  const hits = [...scanner.blobHits].map(([id, found]) => `${id} ${JSON.stringify(found)}`);
  const commits = Buffer.concat([store.commitIds(), scanner.commitIds()]).toString();
  return {
    store,
    told: {
      found: { blobs: hits.sort(), names: [...scanner.names.keys()].sort() },
      messages: scanner.messageHits.map((hit) => JSON.stringify(hit)).sort(),
      gaps: [...scanner.gapped].map(([id]) => id).sort(),
      commits: [...new Set(commits.split('\n'))].sort(),
      objects: store.objects,
      missing: store.missing,
      problem: store.problem,
    },
  };
}

/** @param isOwn whether git is asked only for what holds something */
async function readPart(gitDir: string, ids: readonly string[], isOwn: boolean) {
  const listed = listStoreFiles(gitDir);
  const store = listed === undefined ? undefined : readStoreIds(listed);
  if (store === undefined) throw new Error('expected a store that can be listed');
  const scanner = new ObjectScanner(needles);
  const fresh = ObjectIds.of(ids);
  const passes = [{ ids: fresh, reading: isOwn ? packReadingOf(needles) : undefined }];
  const [none, growth] = [ObjectIds.none, { absent: ObjectIds.none, fresh }];
  const request = { gitDir, store, sink: scanner, passes, shown: none, growth };
  const read = await readChosen(request, quietContext);
  const { asked, absent, objects } = read;
  const commits = Buffer.concat([read.commitIds(), scanner.commitIds()]).toString();
  const told = {
    telling: [...scanner.telling].sort(),
    absent: [...(absent?.named ?? [])].sort(),
    commits: commits.split('\n').sort(),
    objects,
  };
  return { asked, told };
}

async function expectAgreement(gitDir: string): Promise<Awaited<ReturnType<typeof read>>['told']> {
  const [byGit, own] = [await read(gitDir, 'git'), await read(gitDir, 'loose')];
  expect(own.told).toEqual(byGit.told);
  expect(own.store.absent?.named).toEqual(byGit.store.absent?.named);
  return own.told;
}

const emptyStore = (): string => join(new GitRepository(temporaryFolder()).path, '.git');

const line = (i: number): string => `line ${i} ${i * i} of an ordinary file\n`;
const text = (lines: number, end = ''): string =>
  Array.from({ length: lines }, (_, i) => line(i)).join('') + end;
const person = 'A <a@example.com> 1700000000 +0000';
const commit = (message: string): string =>
  `tree ${'4b825dc642cb6eb9a060e54bf8d69288fbee4904'}\nauthor ${person}\ncommitter ${person}\n\n${message}\n`;
const entry = (name: string, id: string): Buffer =>
  Buffer.concat([Buffer.from(`100644 ${name}\0`), Buffer.from(id, 'hex')]);

/** What stands in an object, and whether something is found in it. */
const OBJECTS: readonly (readonly [name: string, type: Type, content: string | Buffer, isTold: boolean])[] = [
  ['nothing', 'blob', '', false],
  ['one byte', 'blob', 'a', false],
  ['a key and no more', 'blob', KEY, true],
  ['a key at the end of a text', 'blob', text(900, KEY), true],
  ['a key of which only the fingerprint is known', 'blob', text(20, HASHED), true],
  ['an unknown key behind its prefix', 'blob', text(20, `APIKEY:ORGANIZATION ${UNKNOWN}\n`), true],
  ['a keyword without a key', 'blob', text(20, 'APIKEY:ORGANIZATION is no key\n'), false],
  ['a key in text of two bytes a character', 'blob', Buffer.from(text(9, HASHED), 'utf16le'), true],
  ['a key in base64', 'blob', text(9, Buffer.from(`xy${KEY}`).toString('base64')), true],
  ['a key in an archive', 'blob', gzipSync(text(50, KEY)), true],
  ['an archive without one', 'blob', gzipSync(text(60)), false],
  ['bytes that cannot be packed', 'blob', randomBytes(70_000), false],
  ['a key behind five megabytes', 'blob', text(150_000, KEY), true],
  ['more than the reader takes', 'blob', text(420_000, KEY), true],
  ['a commit', 'commit', commit('Work'), false],
  ['a commit whose message holds a key', 'commit', commit(`Use ${KEY}`), true],
  [
    'a tag whose message holds a key',
    'tag',
    `object ${'a'.repeat(40)}\ntype blob\ntag v\ntagger ${person}\n\n${KEY}\n`,
    true,
  ],
  ['a tree', 'tree', entry('name.txt', '1'.repeat(40)), false],
  ['a tree with a key in a name', 'tree', entry(`${KEY}.txt`, '2'.repeat(40)), true],
];

describe('an object that lies in a file of its own', () => {
  it.each(OBJECTS)('is read as git reads it: %s', async (_name, type, content, isTold) => {
    const levels = content.length > 100_000 ? [1] : [0, 1, 9];
    for (const level of levels) {
      const gitDir = emptyStore();
      writeLoose(gitDir, type, content, { level });
      const { found, messages, objects } = await expectAgreement(gitDir);
      expect(objects).toBe(1);
      expect(found.blobs.length + found.names.length + messages.length > 0).toBe(isTold);
    }
  });
});

const DAMAGES: readonly (readonly [name: string, options: Options])[] = [
  ['is empty', { damage: () => Buffer.alloc(0) }],
  ['has three bytes', { damage: (file) => file.subarray(0, 3) }],
  ['ends in the middle', { damage: (file) => file.subarray(0, file.length >>> 1) }],
  ['lacks its last byte', { damage: (file) => file.subarray(0, -1) }],
  ['has another checksum', { damage: (file) => Buffer.concat([file.subarray(0, -1), Buffer.from([1])]) }],
  ['has bytes behind it', { damage: (file) => Buffer.concat([file, Buffer.from('more')]) }],
  ['is no zlib stream', { damage: () => Buffer.from(text(3)) }],
  ['tells a size beyond all', { head: `blob ${'9'.repeat(30)}\0` }],
  ['tells a size with a zero before it', { head: 'blob 0100\0' }],
  ['tells no size', { head: 'blob \0' }],
  ['tells an unknown type', { head: 'blog 100\0' }],
  ['has no head', { head: '' }],
  ['has a head without an end', { head: `blob ${' '.repeat(100)}` }],
];

describe('an object whose file is damaged', () => {
  it.each(DAMAGES)(
    'is told as git tells it, and the others are read: one that %s',
    async (_name, options) => {
      const gitDir = emptyStore();
      for (let i = 0; i < 6; i += 1) writeLoose(gitDir, 'blob', `${text(i + 2)}${KEY}`);
      writeLoose(gitDir, 'blob', text(40, KEY), options);
      const { found } = await expectAgreement(gitDir);
      expect(found.blobs.length).toBeGreaterThanOrEqual(6);
    },
  );

  // Git writes as many bytes as it finds, or as the head says, and nobody can tell where the next object begins.
  it.each(['blob 100\0', 'blob 100000\0'])(
    'takes from the others less than with git where its head tells another size: %j',
    async (head) => {
      const gitDir = emptyStore();
      const sound = Array.from({ length: 6 }, (_, i) => writeLoose(gitDir, 'blob', `${text(i + 2)}${KEY}`));
      writeLoose(gitDir, 'blob', text(40, KEY), { head });
      const { told } = await read(gitDir, 'loose');
      expect(told.found.blobs.map((hit) => hit.slice(0, 40))).toEqual(expect.arrayContaining(sound));
      expect(told.problem ?? told.missing > 0).toBeTruthy();
    },
  );

  it('is told as git tells it wherever one byte is another', async () => {
    const gitDir = emptyStore();
    for (let i = 0; i < 40; i += 1) {
      const damage = (file: Buffer): Buffer => {
        const at = Math.floor((file.length * i) / 40);
        file[at] = (file[at] ?? 0) ^ (1 << (i % 8));
        return file;
      };
      writeLoose(gitDir, 'blob', `${text(i + 1)}${KEY}`, { damage });
    }
    await expectAgreement(gitDir);
  });
});

describe('a store of many loose objects', () => {
  it('is read by several threads as by git', async () => {
    const gitDir = emptyStore();
    for (let i = 0; i < 1700; i += 1) {
      const end = i % 97 === 0 ? KEY : i % 89 === 0 ? `APIKEY:ORGANIZATION ${UNKNOWN}` : '';
      writeLoose(gitDir, 'blob', `${i}\n${text(i % 40)}${end}`);
    }
    writeLoose(gitDir, 'blob', text(420_000, KEY));
    const { objects, found } = await expectAgreement(gitDir);
    expect(objects).toBe(1701);
    expect(found.blobs.length).toBe(18 + 19 + 1);
  });

  it('tells what it names and lacks, and borrows from others', async () => {
    const lender = new GitRepository(temporaryFolder());
    lender.write('lent.txt', KEY).commit();
    const repository = new GitRepository(temporaryFolder());
    const gitDir = join(repository.path, '.git');
    mkdirSync(join(gitDir, 'objects/info'), { recursive: true });
    writeFileSync(join(gitDir, 'objects/info/alternates'), `${join(lender.path, '.git/objects')}\n`);
    const lent = lender.git('rev-parse', 'HEAD:lent.txt');
    writeLoose(gitDir, 'tree', Buffer.concat([entry('a', lent), entry('b', 'b'.repeat(40))]));
    const { found } = await expectAgreement(gitDir);
    expect(found.blobs).toHaveLength(1);
    expect([...((await read(gitDir, 'loose')).store.absent?.named ?? [])]).toEqual(['b'.repeat(40)]);
  });

  it('is read in part as by git', async () => {
    const gitDir = emptyStore();
    const ids = Array.from({ length: 300 }, (_, i) => {
      const isTree = i % 50 === 49;
      const name = `${String(i).repeat(20)}`.slice(0, 20);
      if (isTree) return writeLoose(gitDir, 'tree', entry('name', Buffer.from(name).toString('hex')));
      return i % 40 === 39
        ? writeLoose(gitDir, 'commit', commit(i === 79 ? KEY : `Work ${i}`))
        : writeLoose(gitDir, 'blob', `${i}\n${text(i % 30, i % 60 === 0 ? KEY : '')}`);
    });
    writeLoose(gitDir, 'blob', `${KEY} that was there before`);
    const [own, byGit] = [await readPart(gitDir, ids, true), await readPart(gitDir, ids, false)];
    expect(own.told).toEqual(byGit.told);
    expect(own.told.telling).toHaveLength(6);
    expect(own.asked).toBe(6);
    expect(byGit.asked).toBe(300);
  });

  it('with real commits agrees with packs, and with nothing but git', async () => {
    const repository = new GitRepository(temporaryFolder());
    for (let i = 0; i < 12; i += 1) {
      repository.write(`folder/${i % 3}.txt`, text(i * 30, i % 4 === 0 ? KEY : ''));
      if (i % 5 === 4) repository.write('wide.txt', Buffer.from(`${i} ${HASHED}\n`, 'utf16le'));
      repository.commit(i % 6 === 5 ? `Use ${KEY}` : `Work ${i}`);
    }
    repository.git('tag', '-a', 'v1', '-m', KEY);
    const gitDir = join(repository.path, '.git');
    const loose = await expectAgreement(gitDir);
    const { told } = await read(gitDir, 'nothing but git');
    expect(told).toEqual(loose);
    repository.git('repack', '-q', '-a', '-d');
    expect((await read(gitDir, 'loose')).told).toEqual(loose);
    expect(loose.messages).toHaveLength(3);
  });
});
