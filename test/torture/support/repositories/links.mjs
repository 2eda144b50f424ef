// Pipes, sockets, links and pointers that lead out of a repository, or nowhere.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeRepository } from '../raw-git.mjs';
import { LEAK } from './planted-key.mjs';

const fifo = (path) => execFileSync('mkfifo', [path]);

/** A repository in whose `.git` one file is a pipe that nobody writes to: who opens it waits for ever. */
const pipeAt = (file) => ({
  what: `a named pipe as .git/${file}`,
  build(folder) {
    makeRepository(folder, { 'a.env': LEAK });
    const path = join(folder, '.git', file);
    rmSync(path, { force: true });
    mkdirSync(dirname(path), { recursive: true });
    fifo(path);
    return folder;
  },
  // The work tree is read in any case.
  found: true,
  told: true,
  mayBeUnharmed: true,
});

export const LINKS = [
  {
    what: 'symbolic links to /etc/passwd, to /, to themselves and in a circle',
    build(folder) {
      makeRepository(folder, { 'a.env': LEAK });
      const links = {
        'passwd.env': '/etc/passwd',
        root: '/',
        self: 'self',
        'x/up': '..',
        'x/y': '../x',
        loop: 'pool',
        pool: 'loop',
      };
      mkdirSync(join(folder, 'x'));
      for (const [name, to] of Object.entries(links)) symlinkSync(to, join(folder, name));
      return folder;
    },
    found: true,
  },
  {
    what: 'a pipe, a socket and devices in the work tree',
    build(folder) {
      makeRepository(folder, { 'a.env': LEAK });
      fifo(join(folder, 'pipe.env'));
      // A process that dies leaves its socket.
      const listening =
        "require('net').createServer().listen(process.argv[1], () => process.kill(process.pid, 'SIGKILL'))";
      spawnSync(process.execPath, ['-e', listening, join(folder, 'socket')], { stdio: 'ignore' });
      if (process.getuid?.() === 0)
        spawnSync('mknod', [join(folder, 'zero.env'), 'c', '1', '5'], { stdio: 'ignore' });
      return folder;
    },
    found: true,
  },
  {
    what: 'alternates that point to somebody else, to /, to a missing folder and to themselves',
    build(folder) {
      makeRepository(join(folder, 'other'), { 'c.env': LEAK });
      makeRepository(join(folder, 'mine'), { 'a.txt': 'a' });
      const lines = [
        join(folder, 'other/.git/objects'),
        '/',
        '/nowhere',
        join(folder, 'mine/.git/objects'),
        '../../../../../../../etc',
      ];
      writeFileSync(join(folder, 'mine/.git/objects/info/alternates'), `${lines.join('\n')}\n`);
      return join(folder, 'mine');
    },
    // As git does: objects of an alternate belong to the repository.
    found: true,
    mayTell: true,
  },
  {
    what: '.git is a file that points to a repository elsewhere',
    build(folder) {
      makeRepository(join(folder, 'other'), { 'c.env': LEAK });
      mkdirSync(join(folder, 'mine'));
      writeFileSync(join(folder, 'mine/.git'), `gitdir: ${join(folder, 'other/.git')}\n`);
      return join(folder, 'mine');
    },
    found: true,
    mayTell: true,
  },
  {
    what: '.git points to itself, to /etc, to a file of 1 GB, and commondir to /',
    build(folder) {
      for (const [name, target] of [
        ['self', '.git'],
        ['etc', '/etc'],
        ['binary', '\0\0\0'],
      ]) {
        mkdirSync(join(folder, name), { recursive: true });
        writeFileSync(join(folder, name, '.git'), `gitdir: ${target}\n`);
      }
      mkdirSync(join(folder, 'big'));
      writeFileSync(join(folder, 'big/.git'), 'gitdir: ');
      truncateSync(join(folder, 'big/.git'), 2 ** 30);
      makeRepository(join(folder, 'common'), { 'c.env': LEAK });
      writeFileSync(join(folder, 'common/.git/commondir'), '/\n');
      return folder;
    },
    found: true,
    mayTell: true,
  },
  {
    what: '.git is a symbolic link to a repository elsewhere',
    build(folder) {
      makeRepository(join(folder, 'other'), { 'c.env': LEAK });
      mkdirSync(join(folder, 'mine'));
      symlinkSync(join(folder, 'other/.git'), join(folder, 'mine/.git'));
      return join(folder, 'mine');
    },
    found: true,
    mayTell: true,
  },
];

export const PIPES = [
  'config',
  'HEAD',
  'packed-refs',
  'index',
  'shallow',
  'info/grafts',
  'objects/info/alternates',
  'refs/heads/pipe',
  'objects/ab/cdef0123456789abcdef0123456789abcdef01',
  `objects/pack/pack-${'ab'.repeat(20)}.idx`,
  'commondir',
  'info/attributes',
  'config.worktree',
].map(pipeAt);
