// Names, trees and refs that no git would make.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bareRepository, commitTree, looseObject, makeRepository, treeEntry } from '../raw-git.mjs';
import { LEAK } from './planted-key.mjs';

const NAMES = [
  'line\nfeed.env',
  'esc\x1b[2Jape.env',
  '::error::x.env',
  '\u202egnp.env',
  'tab\t"quote".env',
  '-rf',
  '--output=x',
  '%00',
  'con',
  ' ',
  '*',
];

export const PATHS = [
  {
    what: 'names with line feeds, escapes, options, quotes, workflow commands, bidirectional marks',
    build: (folder) => makeRepository(folder, Object.fromEntries(NAMES.map((name) => [name, LEAK]))),
    found: true,
  },
  {
    what: 'trees with "..", ".", ".git", "/", no name, invalid UTF-8, 4,000 characters, twice the same',
    build(folder) {
      const gitDir = bareRepository(folder);
      const id = looseObject(gitDir, 'blob', Buffer.from(LEAK));
      const names = [
        '..',
        '.',
        '.git',
        '../../escape',
        '/etc/x',
        Buffer.from([0xff, 0xfe, 0x80]),
        'x'.repeat(4000),
        'same',
        'same',
        'a\nb',
      ];
      commitTree(
        gitDir,
        names.map((name) => treeEntry('100644', name, id)),
      );
      return gitDir;
    },
    found: true,
    mayTell: true,
  },
  {
    what: 'a path of 4,000 characters in 1,300 folders',
    build(folder) {
      const gitDir = bareRepository(folder);
      let [mode, name, id] = ['100644', 'k.env', looseObject(gitDir, 'blob', Buffer.from(LEAK))];
      for (let depth = 0; depth < 1300; depth += 1) {
        id = looseObject(gitDir, 'tree', treeEntry(mode, name, id));
        [mode, name] = ['40000', 'dd'];
      }
      commitTree(gitDir, [treeEntry(mode, name, id)]);
      return gitDir;
    },
    found: true,
    mayTell: true,
  },
  {
    what: 'a tree that holds itself by name of another, modes of devices, a submodule of zeros',
    build(folder) {
      const gitDir = bareRepository(folder);
      const id = looseObject(gitDir, 'blob', Buffer.from(LEAK));
      const entries = [
        ['160000', 'sub', '0'.repeat(40)],
        ['20000', 'device', id],
        ['40000', 'nottree', id],
        ['100644', 'missing', 'ab'.repeat(20)],
        ['7777777', 'mode', id],
      ];
      commitTree(
        gitDir,
        entries.map(([mode, name, to]) => treeEntry(mode, name, to)),
      );
      return gitDir;
    },
    found: true,
    told: true,
  },
  {
    what: 'refs and HEAD that name nonsense, paths outside, each other in a circle',
    build(folder) {
      makeRepository(folder, { 'a.env': LEAK });
      const gitDir = join(folder, '.git');
      writeFileSync(join(gitDir, 'refs/heads/circle'), 'ref: refs/heads/elcric\n');
      writeFileSync(join(gitDir, 'refs/heads/elcric'), 'ref: refs/heads/circle\n');
      writeFileSync(join(gitDir, 'refs/heads/out'), 'ref: ../../../../etc/passwd\n');
      writeFileSync(join(gitDir, 'refs/heads/junk'), Buffer.from([0xff, 0, 10, 13]));
      writeFileSync(join(gitDir, 'refs/heads/gone'), `${'ab'.repeat(20)}\n`);
      return folder;
    },
    found: true,
    told: true,
  },
];
