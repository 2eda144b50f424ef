// What strangers put into repositories. Each case builds one below a folder and answers what to scan and what to expect:
// `found`: the planted key must be told; `told`: coverage must say that something could not be read.
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fakeKey } from '../../../dist/sandbox/fake-keys.js';
import { bareRepository, commitTree, gitIn, looseObject, makeRepository, treeEntry } from './raw-git.mjs';

export const KEY = fakeKey('cognitive3d', 'torture repositories');
const LEAK = `C3D_KEY=${KEY}\n`;

function script(folder, name, marker) {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\ntouch ${marker}\n`);
  chmodSync(file, 0o755);
  return file;
}

const HOOKS =
  'post-checkout post-index-change pre-auto-gc reference-transaction post-merge pre-commit fsmonitor-watchman'.split(
    ' ',
  );

/** Every setting that names a command. */
const commandSettings = (program) => `
[core]
\tfsmonitor = ${program}
\thooksPath = ${dirname(program)}
\tsshCommand = ${program}
\tpager = ${program}
\teditor = ${program}
\tgitProxy = ${program}
\taskPass = ${program}
\talternateRefsCommand = ${program}
\tattributesFile = ${program}.attributes
[pager]
\tdiff-tree = ${program}
\tcat-file = ${program}
\tls-files = ${program}
\trev-list = ${program}
[diff]
\texternal = ${program}
[diff "evil"]
\ttextconv = ${program}
\tcommand = ${program}
[filter "evil"]
\tclean = ${program}
\tsmudge = ${program}
\tprocess = ${program}
\trequired = true
[uploadpack]
\tpackObjectsHook = ${program}
[gpg]
\tprogram = ${program}
[gpg "ssh"]
\tprogram = ${program}
\tdefaultKeyCommand = ${program}
[credential]
\thelper = !${program}
[alias]
\tcat-file = !${program}
\trev-list = !${program}
\tdiff-tree = !${program}
\tls-tree = !${program}
\tfor-each-ref = !${program}
[log]
\tshowSignature = true
[interactive]
\tdiffFilter = ${program}
[protocol]
\tallow = always
[protocol "ext"]
\tallow = always
[remote "origin"]
\turl = ext::${program}
\tpromisor = true
\tpartialclonefilter = blob:none
\tuploadpack = ${program}
\tvcs = evil
[extensions]
\tpartialClone = origin
[include]
\tpath = ${program}.included
`;

function armed(folder, files, { marker, stage = () => undefined }) {
  const repository = makeRepository(folder, files);
  stage();
  const program = script(join(folder, '.git'), 'evil/program', marker);
  for (const hook of HOOKS) {
    script(join(folder, '.git'), `hooks/${hook}`, marker);
    script(join(folder, '.git'), `evil/${hook}`, marker);
  }
  writeFileSync(`${program}.included`, `[core]\n\tfsmonitor = ${program}\n[diff]\n\texternal = ${program}\n`);
  writeFileSync(`${program}.attributes`, '* filter=evil diff=evil\n');
  mkdirSync(join(folder, '.git/info'), { recursive: true });
  writeFileSync(join(folder, '.git/info/attributes'), '* filter=evil diff=evil\n');
  const config = join(folder, '.git/config');
  const text = readFileSync(config, 'utf8').replace(
    'repositoryformatversion = 0',
    'repositoryformatversion = 1',
  );
  writeFileSync(config, text + commandSettings(program));
  return repository;
}

const ATTRIBUTES = '* filter=evil diff=evil\n*.env ident text eol=crlf\n';

const COMMANDS = [
  {
    what: 'hooks, fsmonitor and 35 commands in the configuration',
    build: (folder, marker) => armed(folder, { 'a.env': LEAK, '.gitattributes': ATTRIBUTES }, { marker }),
    found: true,
  },
  {
    what: 'the same, and a promised object that is missing',
    build(folder, marker) {
      armed(folder, { 'a.env': LEAK, 'b.txt': 'gone', '.gitattributes': ATTRIBUTES }, { marker });
      rmSync(objectFile(join(folder, '.git'), 'main:b.txt'));
      return folder;
    },
    found: true,
    told: true,
  },
  {
    what: 'the same, what is staged',
    build(folder, marker) {
      const stage = () => {
        writeFileSync(join(folder, 'b.env'), LEAK);
        gitIn(folder, '', 'add', 'b.env');
      };
      armed(folder, { 'a.txt': 'a', '.gitattributes': ATTRIBUTES }, { marker, stage });
      return folder;
    },
    staged: true,
    found: true,
  },
  {
    what: 'a work tree set to somewhere else, by core.worktree',
    build(folder) {
      makeRepository(folder, { 'a.env': LEAK });
      gitIn(folder, '', 'config', 'core.worktree', '/etc');
      return folder;
    },
    found: true,
  },
  {
    what: 'a nested repository with commands, and submodules with addresses that are commands',
    build(folder, marker) {
      const modules = [
        'ext::sh -c "touch MARK"',
        '--upload-pack=touch MARK',
        'file:///etc',
        '-u',
        'ssh://-oProxyCommand=touch MARK/x',
      ];
      const text = modules.map(
        (url, i) =>
          `[submodule "s${i}"]\n\tpath = s${i}\n\turl = ${url.replaceAll('MARK', marker)}\n\tupdate = !touch ${marker}\n`,
      );
      makeRepository(folder, { 'a.env': LEAK, '.gitmodules': text.join('') });
      armed(join(folder, 'inner'), { 'b.env': LEAK, '.gitattributes': ATTRIBUTES }, { marker });
      return folder;
    },
    found: true,
  },
];

function objectFile(gitDir, name) {
  const id = gitIn(gitDir, '', `--git-dir=${gitDir}`, 'rev-parse', name);
  return join(gitDir, 'objects', id.slice(0, 2), id.slice(2));
}

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

const LINKS = [
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

const PATHS = [
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

const DAMAGE = [
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

const PACK_DAMAGE = [
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

const HIDING = [
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

export const CASES = [
  ...COMMANDS,
  ...LINKS,
  ...[
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
  ].map(pipeAt),
  ...PATHS,
  ...DAMAGE,
  ...PACK_DAMAGE,
  ...HIDING,
];
