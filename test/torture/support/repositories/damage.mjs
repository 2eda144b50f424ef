// Objects and packs that are broken, cut off or gone, and history that is hidden.
import { chmodSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gitIn, makeRepository } from '../raw-git.mjs';
import { objectFile } from './object-file.mjs';
import { LEAK } from './planted-key.mjs';

function packed(folder) {
  makeRepository(folder, { 'a.env': LEAK, 'b.txt': 'b'.repeat(5000), 'c.txt': 'c\n'.repeat(3000) });
  gitIn(folder, '', 'gc', '-q');
  const packs = join(folder, '.git/objects/pack');
  const pack = join(
    packs,
    readdirSync(packs).find((file) => file.endsWith('.pack')),
  );
  chmodSync(pack, 0o644);
  return { pack, index: pack.replace(/pack$/, 'idx') };
}

const flip = (file, at) => {
  const bytes = readFileSync(file);
  bytes[at < 0 ? bytes.length + at : at] ^= 0x55;
  chmodSync(file, 0o644);
  writeFileSync(file, bytes);
};

export const DAMAGE = [
  [
    'a loose object is garbage',
    (folder) => writeOver(objectFile(join(folder, '.git'), 'main:b.txt'), 'garbage'),
  ],
  [
    'a loose object is cut off',
    (folder) =>
      writeOver(
        objectFile(join(folder, '.git'), 'main:b.txt'),
        readFileSync(objectFile(join(folder, '.git'), 'main:b.txt')).subarray(0, 12),
      ),
  ],
  ['a loose object is empty', (folder) => writeOver(objectFile(join(folder, '.git'), 'main:b.txt'), '')],
  ['a blob is missing', (folder) => rmSync(objectFile(join(folder, '.git'), 'main:b.txt'))],
  ['a tree is missing', (folder) => rmSync(objectFile(join(folder, '.git'), 'main^{tree}'))],
  ['the commit is missing', (folder) => rmSync(objectFile(join(folder, '.git'), 'main'))],
  [
    'a shallow file that cuts the history off',
    (folder) => writeFileSync(join(folder, '.git/shallow'), `${gitIn(folder, '', 'rev-parse', 'main')}\n`),
  ],
].map(([what, harm]) => ({
  what,
  build(folder) {
    makeRepository(folder, { 'a.env': LEAK, 'b.txt': 'b' });
    harm(folder);
    return folder;
  },
  found: true,
  told: true,
}));

function writeOver(file, content) {
  chmodSync(file, 0o644);
  writeFileSync(file, content);
}

export const PACK_DAMAGE = [
  [
    'the pack has a flipped bit in its middle',
    ({ pack }) => flip(pack, Math.floor(readFileSync(pack).length / 2)),
  ],
  ['the pack has a flipped bit in its last object', ({ pack }) => flip(pack, -26)],
  ['the pack is cut off', ({ pack }) => truncateSync(pack, 100)],
  ['the pack is empty', ({ pack }) => truncateSync(pack, 0)],
  ['the index is cut off', ({ index }) => (chmodSync(index, 0o644), truncateSync(index, 1100))],
  ['the index has a flipped bit in an offset', ({ index }) => flip(index, -44)],
  ['the pack is gone, its index stays', ({ pack }) => rmSync(pack)],
  ['the index is gone, the pack stays', ({ index }) => rmSync(index, { force: true })],
].map(([what, harm]) => ({
  what,
  build(folder) {
    harm(packed(folder));
    return folder;
  },
  found: true,
  told: true,
}));

export const HIDING = [
  {
    what: 'a graft and a replacement that hide the commit with the key',
    build(folder) {
      makeRepository(folder, { 'a.env': LEAK });
      rmSync(join(folder, 'a.env'));
      gitIn(folder, '', 'commit', '-qam', 'second');
      const [second, first] = gitIn(folder, '', 'rev-list', 'main').split('\n');
      writeFileSync(join(folder, '.git/info/grafts'), `${second}\n`);
      const blob = gitIn(folder, 'harmless', 'hash-object', '-w', '--stdin');
      gitIn(folder, '', 'replace', '-f', gitIn(folder, '', 'rev-parse', `${first}:a.env`), blob);
      return folder;
    },
    found: true,
    mayTell: true,
  },
];
