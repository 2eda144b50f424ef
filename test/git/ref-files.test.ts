import { appendFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { headCommit } from '../../src/git/head.js';
import { readRefFiles } from '../../src/git/ref-files.js';
import { listRefs, readReferences } from '../../src/git/refs.js';
import { GitRepository } from '../support/git-repository.js';
import { quietContext } from '../support/scan.js';

let folder: string;
let repository: GitRepository;
let gitDir: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyaudit-refs-'));
  gitDir = join(folder, '.git');
  repository = new GitRepository(folder);
  repository.write('a.txt', 'a\n').commit();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const git = (...args: string[]): string => repository.git(...args);
const put = (name: string, text: string | Buffer): void => writeFileSync(join(gitDir, name), text);
const first = (): string => git('rev-parse', 'HEAD').trim();

async function askGit() {
  const [head, refs] = [await headCommit(gitDir, quietContext), await listRefs(gitDir, quietContext)];
  return { head, refs };
}

/** Each is done to a repository with one commit. */
const USUAL: Readonly<Record<string, () => void>> = {
  'one branch': () => undefined,
  'branches, tags, notes, a stash and pull requests': () => {
    for (const name of ['b', 'feature/x-1', 'Z', 'feature.y']) git('branch', name);
    git('tag', 'v1');
    git('tag', '-a', '-m', 'two', 'v2');
    git('notes', 'add', '-m', 'note');
    git('update-ref', 'refs/pull/1/head', 'HEAD');
    repository.write('a.txt', 'changed\n');
    git('stash', '-q');
  },
  'packed refs, of which one moved since and one is gone': () => {
    for (const name of ['b', 'c', 'd']) git('branch', name);
    git('tag', '-a', '-m', 'two', 'v2');
    git('pack-refs', '--all');
    repository.write('a.txt', 'later\n').commit();
    git('branch', '-f', 'b');
    git('branch', '-D', 'c');
  },
  "a clone's pointer to the main branch of its origin": () => {
    git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
    git('remote', 'add', 'origin', 'https://git.example/acme/web.git');
  },
  'a configuration of many branches': () => {
    const branch = (_: unknown, i: number) =>
      `[branch "feature/${i}"]\n\tremote = origin\n\tmerge = refs/heads/feature/${i}\n`;
    appendFileSync(join(gitDir, 'config'), Array.from({ length: 500 }, branch).join(''));
  },
  'a detached HEAD, the objects packed': () => {
    git('checkout', '-q', '--detach');
    git('repack', '-q', '-a', '-d');
    git('prune-packed');
  },
  'a branch without a commit': () => void git('checkout', '-q', '--orphan', 'new'),
  'a ref whose object is gone': () => put('refs/heads/gone', `${'1'.repeat(40)}\n`),
  'files that are no refs: a lock, and what a file manager leaves': () => {
    put('refs/heads/main.lock', '');
    put('refs/heads/.DS_Store', 'x');
  },
};

/** What git understands, forgives or refuses in ways of its own. */
const UNUSUAL: Readonly<Record<string, () => void>> = {
  'an empty ref, as a crash leaves it': () => put('refs/heads/empty', ''),
  'a ref of zeros': () => put('refs/heads/zero', `${'0'.repeat(40)}\n`),
  'a ref that is a symbolic link': () => symlinkSync('main', join(gitDir, 'refs/heads/link')),
  'a pointer to nowhere': () => put('refs/heads/pointer', 'ref: refs/heads/nowhere\n'),
  'a pointer to a pointer': () => {
    put('refs/heads/one', 'ref: refs/heads/main\n');
    put('refs/heads/two', 'ref: refs/heads/one\n');
  },
  'a name that git refuses': () => put('refs/heads/a..b', `${first()}\n`),
  'a name beyond ASCII': () => put('refs/heads/b\u00e4r', `${first()}\n`),
  'packed refs that are cut off': () => put('packed-refs', `${first()} refs/heads/half`),
  'packed refs with a name twice': () => put('packed-refs', `${first()} refs/heads/x\n`.repeat(2)),
  'a version of the format that nobody knows': () => void git('config', 'core.repositoryformatversion', '9'),
  'an extension': () => void git('config', 'extensions.partialClone', 'origin'),
  'a configuration with a quoted value': () => void git('config', 'core.editor', 'a "b" # c'),
  'a setting behind so many spaces that looking at each again would take minutes': () =>
    appendFileSync(join(gitDir, 'config'), `\ta =${' '.repeat(900_000)}"b"\n`),
  'refs in tables': () => mkdirSync(join(gitDir, 'reftable')),
  'a HEAD that is neither': () => put('HEAD', 'main\n'),
};

describe('refs and HEAD as their files tell them', () => {
  it.each(Object.entries(USUAL))('are as git lists them, without asking it: %s', async (_name, change) => {
    change();
    const asked = await askGit();
    expect(asked.refs.problem).toBeUndefined();
    expect(readRefFiles(gitDir)?.refs).toEqual(asked.refs.refs);
    expect(await readReferences(gitDir, quietContext)).toEqual(asked);
  });

  it.each(Object.entries(UNUSUAL))('are left to git: %s', async (_name, change) => {
    change();
    expect(readRefFiles(gitDir)).toBeUndefined();
    expect(await readReferences(gitDir, quietContext)).toEqual(await askGit());
  });

  it('are left to git in a linked work tree, which has a HEAD of its own', () => {
    git('worktree', 'add', '-q', join(folder, 'tree'), '-b', 'other');
    expect(readRefFiles(join(gitDir, 'worktrees/tree'))).toBeUndefined();
  });
});

describe('HEAD', () => {
  it.each(['a commit that is gone', 'no commit'])('is what git says where HEAD leads to %s', async (what) => {
    const id = what === 'no commit' ? git('rev-parse', 'HEAD:a.txt').trim() : '1'.repeat(40);
    put('refs/heads/odd', `${id}\n`);
    put('HEAD', 'ref: refs/heads/odd\n');
    const { head } = await readReferences(gitDir, quietContext);
    expect(head).toBe(await headCommit(gitDir, quietContext));
    expect(head).toBeUndefined();
  });
});
