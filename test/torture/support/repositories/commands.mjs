// Repositories whose settings, hooks, attributes and submodules name commands, each of which would leave a mark.
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gitIn, makeRepository } from '../raw-git.mjs';
import { objectFile } from './object-file.mjs';
import { LEAK } from './planted-key.mjs';

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

export const COMMANDS = [
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
