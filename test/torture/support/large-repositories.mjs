// What is too large, too deep or too many. Cases as in hostile-repositories.mjs; `ownMiB` and `childMiB` are the bounds of
// the program's and of git's memory where they are not the usual ones.
import { createHash } from 'node:crypto';
import { closeSync, openSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { KEY } from './repositories/planted-key.mjs';
import { gzipZeros, sha1Zeros, sizeOf, zlibZeros } from './many-zeros.mjs';
import {
  bareRepository,
  commitTree,
  deltaOf,
  gitIn,
  looseObject,
  makeRepository,
  PackWriter,
  treeEntry,
  writeLoose,
} from './raw-git.mjs';
import { bombs } from './bombs.mjs';

const LEAK = Buffer.from(`\nC3D_KEY=${KEY}\n`);
const TWO_GB = 128;

/** A chain in which each version has one line more than the one before, and the last one has the key. */
function chainPack(folder, { depth, baseBytes }) {
  const gitDir = bareRepository(folder);
  const pack = new PackWriter(gitDir, depth + 1);
  let size = baseBytes;
  let at = pack.object('blob', Buffer.alloc(size, 'some text of no interest\n'));
  for (let i = 1; i <= depth; i += 1) {
    const line = i === depth ? LEAK : Buffer.from(`line ${i}\n`);
    at = pack.delta(at, deltaOf(size, size + line.length, [...runsOf(size), line]));
    size += line.length;
  }
  pack.end();
  return gitDir;
}

const RUN_BYTES = 2 ** 24 - 1;
const runsOf = (size) =>
  Array.from({ length: Math.ceil(size / RUN_BYTES) }, (_, i) => [
    i * RUN_BYTES,
    Math.min(RUN_BYTES, size - i * RUN_BYTES),
  ]);

const CHAINS = [
  {
    what: 'a chain of 10,000 deltas, the key in the last one',
    build: (folder) => chainPack(folder, { depth: 10_000, baseBytes: 1000 }),
    found: true,
    mayTell: true,
  },
  {
    what: 'a chain of 4,000 deltas over 1 MB: 4 GB of versions',
    build: (folder) => chainPack(folder, { depth: 4000, baseBytes: 1_000_000 }),
    found: true,
    mayTell: true,
    timeoutMs: 180_000,
  },
  {
    what: 'a delta of 1 KB that makes 2 GB out of 16 MB, and a leak behind it',
    build(folder) {
      const gitDir = bareRepository(folder);
      const pack = new PackWriter(gitDir, 2);
      const base = pack.object('blob', Buffer.alloc(RUN_BYTES, 'x'));
      const copies = Array.from({ length: TWO_GB }, () => [0, RUN_BYTES]);
      pack.delta(base, deltaOf(RUN_BYTES, TWO_GB * RUN_BYTES, copies));
      pack.end();
      leakIn(gitDir);
      return gitDir;
    },
    found: true,
    told: true,
  },
];

/** A commit with a file that holds the key. */
const leakIn = (gitDir) =>
  commitTree(gitDir, [treeEntry('100644', 'k.env', looseObject(gitDir, 'blob', LEAK))]);

function packedObject(folder, { type, pieces }) {
  const gitDir = bareRepository(folder);
  const parts = { pieces, after: LEAK };
  const pack = new PackWriter(gitDir, 1);
  pack.object(type, undefined, { deflated: zlibZeros(parts), size: sizeOf(parts) });
  pack.end();
  return gitDir;
}

function looseZeros(gitDir, type, pieces) {
  const parts = { pieces, after: LEAK };
  const whole = { ...parts, before: Buffer.from(`${type} ${sizeOf(parts)}\0`) };
  writeLoose(gitDir, sha1Zeros(whole), zlibZeros(whole));
}

const HUGE = [
  {
    what: 'a blob of 2 GB in a pack, the key at its end',
    build: (folder) => packedObject(folder, { type: 'blob', pieces: TWO_GB }),
    found: true,
    mayTell: true,
  },
  {
    what: 'a blob of 400 MB in a pack, the key at its end',
    build: (folder) => packedObject(folder, { type: 'blob', pieces: 25 }),
    found: true,
    mayTell: true,
  },
  {
    what: 'a blob of 2 GB as a loose object, the key at its end',
    build(folder) {
      const gitDir = bareRepository(folder);
      looseZeros(gitDir, 'blob', TWO_GB);
      return gitDir;
    },
    found: true,
  },
  {
    what: 'a file of 2 GB in the work tree, the key at its end',
    build(folder) {
      makeRepository(folder, { 'a.txt': 'a' });
      truncateSync(join(folder, 'a.txt'), 2 ** 31);
      writeFileSync(join(folder, 'a.txt'), LEAK, { flag: 'a' });
      return folder;
    },
    found: true,
  },
  {
    what: 'a tree, a commit and a tag of 2 GB as loose objects, and a leak',
    build(folder) {
      const gitDir = bareRepository(folder);
      for (const type of ['tree', 'commit', 'tag']) looseZeros(gitDir, type, TWO_GB);
      leakIn(gitDir);
      return gitDir;
    },
    found: true,
    told: true,
  },
];

function writeLine(file, { pieces, piece }) {
  const to = openSync(file, 'w');
  for (let i = 0; i < pieces; i += 1) {
    writeSync(to, piece(i));
    if (i === pieces >> 1) writeSync(to, ` C3D_KEY=${KEY} `);
  }
  closeSync(to);
}

const MIB = 2 ** 20;
/** Base64 that nobody can tell from keys; the same each time. */
const noise = (i) => {
  const block = Array.from({ length: 1024 }, (_, k) => createHash('sha512').update(`${i} ${k}`).digest());
  return Buffer.concat(Array.from({ length: 12 }, () => Buffer.concat(block)))
    .toString('base64')
    .slice(0, MIB);
};

const LINES = [
  { kind: 'of letters', piece: () => 'a'.repeat(MIB) },
  { kind: 'of base64', piece: noise },
  { kind: 'of words that tell of keys', piece: () => 'C3D_KEY=vidbeo:api.video '.repeat(MIB / 25) },
].map(({ kind, piece }) => ({
  what: `one line of 200 MB ${kind}, the key in its middle, in a file and a blob`,
  build(folder) {
    makeRepository(folder, { 'a.txt': 'a' });
    writeLine(join(folder, 'line.txt'), { pieces: 200, piece });
    gitIn(folder, '', '-c', 'core.compression=1', 'add', '.');
    gitIn(folder, '', 'commit', '-qm', 'line');
    return folder;
  },
  found: true,
}));

const REFS = 1_000_000;
const BLOBS = 5_000_000;
const BLOB_BYTES = 16;

/** A blob as an entry of a pack: stored, not packed, which takes no time to make. */
function storedBlob(entry, i) {
  const text = Buffer.from(String(i).padStart(BLOB_BYTES, ' '), 'latin1');
  // Type and size in two bytes; zlib's head; a last block that is stored, and its length; the bytes; their sum.
  entry.set([0xb0, 1, 0x78, 1, 1, BLOB_BYTES, 0, 255 - BLOB_BYTES, 255], 0);
  entry.set(text, 9);
  let [low, high] = [1, 0];
  for (const byte of text) {
    low += byte;
    high += low;
  }
  entry.writeUInt16BE(high, 9 + BLOB_BYTES);
  entry.writeUInt16BE(low, 11 + BLOB_BYTES);
}

function manyBlobs(gitDir, count) {
  const pack = new PackWriter(gitDir, count);
  const entryBytes = 13 + BLOB_BYTES;
  const batch = Buffer.alloc(entryBytes * 10_000);
  for (let from = 0; from < count; from += 10_000) {
    for (let i = 0; i < 10_000; i += 1)
      storedBlob(batch.subarray(i * entryBytes, (i + 1) * entryBytes), from + i);
    pack.write(batch);
  }
  pack.end();
}

const MANY = [
  {
    what: '1,000,000 refs, the key in the name of one',
    build(folder) {
      const gitDir = bareRepository(folder);
      const { commit } = commitTree(gitDir, []);
      const lines = Array.from(
        { length: REFS },
        (_, i) => `${commit} refs/heads/b${String(i).padStart(7, '0')}\n`,
      );
      lines.push(`${commit} refs/heads/c/C3D_KEY=${KEY.replaceAll(' ', '')}\n`);
      writeFileSync(
        join(gitDir, 'packed-refs'),
        `# pack-refs with: peeled fully-peeled sorted \n${lines.join('')}`,
      );
      return gitDir;
    },
    found: true,
  },
  {
    what: '5,000,000 blobs in one pack, and a leak',
    build(folder) {
      const gitDir = bareRepository(folder);
      manyBlobs(gitDir, BLOBS);
      leakIn(gitDir);
      return gitDir;
    },
    found: true,
    // The pack and its index (290 MB), and 40 bytes an object.
    ownMiB: 1200,
    timeoutMs: 180_000,
  },
];

export const LARGE_CASES = [...CHAINS, ...HUGE, ...bombs({ LEAK, gzipZeros }), ...LINES, ...MANY];
