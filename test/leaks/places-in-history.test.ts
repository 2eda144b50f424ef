import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fakeKey } from '../../src/sandbox/fake-keys.js';
import { commitDate, GitRepository, temporaryFolder } from '../support/git-repository.js';
import { knownKey, placesOf, scan } from '../support/scan.js';

const key = fakeKey('api-video', 'history');

interface Plan {
  readonly name: string;
  /** Builds a history with the key in it; gives what the only place must show. */
  readonly build: (repository: GitRepository) => Record<string, unknown>;
}

const PLANS: readonly Plan[] = [
  {
    name: 'a file of HEAD',
    build: (repository) => {
      const commit = repository.write('src/a.ts', `one\n  key = "${key}"\n`).commit();
      repository.write('b', 'later').commit();
      return {
        kind: 'file',
        path: 'src/a.ts',
        commit,
        line: 2,
        column: 10,
        inHead: true,
        firstSeen: commitDate(0),
      };
    },
  },
  {
    name: 'a file that was added and later deleted',
    build: (repository) => {
      repository.write('a', 'start').commit();
      const commit = repository.write('old.txt', key).commit();
      repository.remove('old.txt').commit();
      return {
        kind: 'file',
        path: 'old.txt',
        commit,
        line: 1,
        column: 1,
        inHead: false,
        pathInHead: false,
        firstSeen: commitDate(1),
        removedAt: commitDate(2),
        refs: { names: [], count: 0 },
      };
    },
  },
  {
    name: 'a file that lives on without it',
    build: (repository) => {
      const commit = repository.write('old.txt', `one\n${key}`).commit();
      repository.write('old.txt', 'clean').commit();
      return {
        kind: 'file',
        path: 'old.txt',
        commit,
        line: 2,
        inHead: false,
        pathInHead: true,
        removedAt: commitDate(1),
      };
    },
  },
  {
    name: 'a file of many versions: the first commit, and the line of HEAD',
    build: (repository) => {
      const commit = repository.write('a', key).commit();
      for (let i = 1; i < 5; i += 1) repository.write('a', `${'x\n'.repeat(i)}${key}`).commit();
      return {
        kind: 'file',
        path: 'a',
        commit,
        line: 5,
        inHead: true,
        firstSeen: commitDate(0),
        removedAt: undefined,
        refs: { names: ['refs/heads/main'], count: 1 },
      };
    },
  },
  {
    name: 'a file from which one of two branches removed it, and then their merge',
    build: (repository) => {
      const commit = repository.write('a', key).write('b', 'x').commit();
      repository.git('checkout', '--quiet', '-b', 'side');
      repository.write('b', 'y').commit();
      repository.git('checkout', '--quiet', 'main');
      repository.write('a', 'clean').commit();
      repository.git('merge', '--quiet', '--no-ff', '-m', 'merge', 'side');
      return { kind: 'file', path: 'a', commit, inHead: false, pathInHead: true, removedAt: commitDate(2) };
    },
  },
  {
    name: 'a file that only a merge brought',
    build: (repository) => {
      repository.write('a', 'base').commit();
      repository.git('checkout', '--quiet', '-b', 'side');
      repository.write('b', 'side').commit();
      repository.git('checkout', '--quiet', 'main');
      repository.write('c', 'main').commit();
      repository.git('merge', '--quiet', '--no-commit', '--no-ff', 'side');
      const commit = repository.write('a', `resolved ${key}`).commit('Merge');
      return { kind: 'file', path: 'a', commit, column: 10, inHead: true };
    },
  },
  {
    name: 'a branch other than HEAD',
    build: (repository) => {
      repository.write('a', 'base').commit();
      repository.git('checkout', '--quiet', '-b', 'side');
      const commit = repository.write('b', key).commit();
      repository.git('checkout', '--quiet', 'main');
      return {
        kind: 'file',
        path: 'b',
        commit,
        inHead: false,
        refs: { names: ['refs/heads/side'], count: 1 },
      };
    },
  },
  {
    name: 'the tips of many refs: five are named, branches first, and all of them counted',
    build: (repository) => {
      const commit = repository.write('a b/c', `one\n${key}`).commit();
      for (const name of ['v3', 'v2']) repository.git('tag', '--annotate', '--message', 'a tag', name);
      repository.write('a b/c', `other line ${key}`).commit();
      for (const name of ['pull/2/head', 'heads/x', 'heads/w'])
        repository.git('update-ref', `refs/${name}`, 'HEAD');
      repository.write('a b/c', 'clean').commit();
      repository.git('tag', 'clean');
      repository.git('update-ref', 'refs/heads/a', commit);
      const names = ['refs/heads/a', 'refs/heads/w', 'refs/heads/x', 'refs/tags/v2', 'refs/tags/v3'];
      return { kind: 'file', path: 'a b/c', commit, inHead: false, refs: { names, count: 6 } };
    },
  },
  {
    name: 'a path that git cannot be asked about by a line: nobody says which refs hold it',
    build: (repository) => {
      const commit = repository.write('a\nb', key).commit();
      return { kind: 'file', path: 'a\nb', commit, inHead: true, refs: undefined };
    },
  },
  {
    name: 'a note',
    build: (repository) => {
      const noted = repository.write('a', 'base').commit();
      repository.git('notes', 'add', '--message', `see ${key}`, noted);
      return {
        kind: 'file',
        path: noted,
        commit: repository.git('rev-parse', 'refs/notes/commits'),
        column: 5,
      };
    },
  },
  {
    name: 'a stash',
    build: (repository) => {
      repository.write('a', 'base').commit();
      repository.write('a', key);
      repository.git('stash', '--quiet');
      return { kind: 'file', path: 'a', commit: repository.git('rev-parse', 'stash'), inHead: false };
    },
  },
  {
    name: 'a ref of a pull request',
    build: (repository) => {
      const base = repository.write('a', 'base').commit();
      const commit = repository.write('b', key).commit();
      repository.git('update-ref', 'refs/pull/7/head', commit);
      repository.git('reset', '--quiet', '--hard', base);
      return { kind: 'file', path: 'b', commit, inHead: false };
    },
  },
  {
    name: 'the target of a symbolic link',
    build: (repository) => {
      const blob = repository.gitWith(`/srv/${key}`, 'hash-object', '-w', '--stdin');
      repository.git('update-index', '--add', '--cacheinfo', `120000,${blob},link`);
      repository.git('commit', '--quiet', '--message', 'Link');
      return { kind: 'file', path: 'link', commit: repository.head(), column: 6, inHead: true };
    },
  },
  {
    name: 'a commit message',
    build: (repository) => {
      const commit = repository.write('a', 'base').commit(`Subject\n\nuse ${key} here`);
      return {
        kind: 'commit-message',
        path: undefined,
        commit,
        line: 3,
        column: 5,
        firstSeen: commitDate(0),
      };
    },
  },
  {
    name: 'the author of a commit',
    build: (repository) => {
      const commit = repository.write('a', 'base').commit('Work', `--author=${key} <a@example.com>`);
      return { kind: 'identity', commit, line: 1, column: 1 };
    },
  },
  {
    name: 'the name of a file',
    build: (repository) => {
      const commit = repository.write(`deep/x ${key}.txt`, 'base').commit();
      repository.write('later', 'base').commit();
      return { kind: 'path-name', path: 'deep/x [redacted].txt', commit, column: 8, inHead: true };
    },
  },
  {
    name: 'the name of a folder that is gone',
    build: (repository) => {
      const commit = repository.write(`${key}/a`, 'a').write(`${key}/b`, 'b').commit();
      repository.remove(`${key}/a`).remove(`${key}/b`).commit();
      repository.git('repack', '-q', '-a', '-d');
      return { kind: 'path-name', path: '[redacted]', commit, inHead: false, firstSeen: commitDate(0) };
    },
  },
  {
    name: 'the name of a branch',
    build: (repository) => {
      const commit = repository.write('a', 'base').commit();
      repository.git('branch', `fix/${key}`);
      return { kind: 'ref-name', path: 'refs/heads/fix/[redacted]', commit, column: 16, url: undefined };
    },
  },
  {
    name: 'the name of a tag',
    build: (repository) => {
      const commit = repository.write('a', 'base').commit();
      repository.git('tag', `v-${key}`);
      return { kind: 'ref-name', path: 'refs/tags/v-[redacted]', commit };
    },
  },
  {
    name: 'the message of a tag',
    build: (repository) => {
      const commit = repository.write('a', 'base').commit();
      repository.git('tag', '--annotate', 'v1', '--message', `Release\n\n${key}`);
      return { kind: 'tag-message', path: undefined, commit, line: 3, column: 1 };
    },
  },
  {
    name: 'a commit that was amended away',
    build: (repository) => {
      const commit = repository.write('a', key).commit();
      repository.write('a', 'clean').commit('Work', '--amend');
      repository.git('reflog', 'expire', '--expire=now', '--all');
      return { kind: 'file', path: 'a', commit, inHead: false };
    },
  },
  {
    name: 'a file that is staged and in no commit',
    build: (repository) => {
      repository.write('a', 'base').commit();
      repository.write('b', key).git('add', 'b');
      repository.remove('b');
      return { kind: 'file', path: 'b', commit: undefined, inHead: false };
    },
  },
  {
    name: 'a blob that nothing names any more',
    build: (repository) => {
      repository.write('a', 'base').commit();
      repository.gitWith(key, 'hash-object', '-w', '--stdin');
      return { kind: 'file', path: undefined, commit: undefined, inHead: false };
    },
  },
  {
    name: 'a file that attributes hide from diffs',
    build: (repository) => {
      const commit = repository.write('.gitattributes', '* -diff').write('a', key).commit();
      return { kind: 'file', path: 'a', commit, inHead: true };
    },
  },
  {
    name: 'a UTF-16 file',
    build: (repository) => {
      const commit = repository.write('a', Buffer.from(`\ufeff[x]\nkey=${key}\n`, 'utf16le')).commit();
      return { path: 'a', commit, encoding: 'utf-16le', line: 2, column: 10 };
    },
  },
  {
    name: 'a Basic header',
    build: (repository) => {
      const commit = repository.write('a', `Basic ${Buffer.from(`${key}:`).toString('base64')}`).commit();
      return { path: 'a', commit, encoding: 'basic-auth', column: 7 };
    },
  },
  {
    name: 'a packed and a loose object',
    build: (repository) => {
      const commit = repository.write('a', key).commit();
      repository.git('gc', '--quiet');
      repository.write('b', 'more').commit();
      return { path: 'a', commit, inHead: true };
    },
  },
  {
    name: 'a path with blanks, quotes and letters of other alphabets',
    build: (repository) => {
      const commit = repository.write('ü "x"\ty/z', key).commit();
      return { path: 'ü "x"\ty/z', commit };
    },
  },
];

describe('a known key in a history', () => {
  it.each(PLANS)('is found in $name', async ({ build }) => {
    const work = new GitRepository(temporaryFolder());
    const expected = build(work);
    // A bare view of the same store: what the work tree holds has tests of its own.
    const { candidates, coverage } = await scan([join(work.path, '.git')], [knownKey(key)]);
    expect(coverage).toMatchObject([{ status: 'complete', part: 'objects' }]);
    expect(candidates).toHaveLength(1);
    expect(candidates[0]?.recognition).toEqual({ by: 'value' });
    const places = placesOf(candidates, key);
    expect(places).toHaveLength(1);
    expect(places[0]).toMatchObject({ repository: 'repo', ...expected });
  });

  it('is one place in a bare and in a mirrored clone too', async () => {
    const work = new GitRepository(temporaryFolder());
    const commit = work.write('a', key).commit();
    const clones = temporaryFolder();
    work.git('clone', '--quiet', '--bare', work.path, join(clones, 'bare'));
    work.git('clone', '--quiet', '--mirror', work.path, join(clones, 'mirror'));
    const { candidates } = await scan([join(clones, 'bare'), join(clones, 'mirror')], [knownKey(key)]);
    expect(placesOf(candidates, key)).toMatchObject([
      { repository: 'repo', path: 'a', commit, inHead: true },
      { repository: 'repo-1', path: 'a', commit, inHead: true },
    ]);
  });

  it('is found in objects of another store that this one borrows from', async () => {
    const work = new GitRepository(temporaryFolder());
    work.write('a', key).commit();
    const clone = join(temporaryFolder(), 'clone');
    work.git('clone', '--quiet', '--shared', '--bare', work.path, clone);
    expect(placesOf((await scan([clone], [knownKey(key)])).candidates, key)).toHaveLength(1);
  });

  it('is found in a repository of SHA-256', async () => {
    const work = new GitRepository(temporaryFolder(), '--object-format=sha256');
    const commit = work.write('a', key).commit();
    expect(commit).toHaveLength(64);
    const { candidates, coverage } = await scan([work.path], [knownKey(key)]);
    expect(placesOf(candidates, key)).toMatchObject([{ commit }]);
    expect(coverage[0]).toMatchObject({
      part: 'objects',
      status: 'complete',
      reason: expect.stringContaining('git read all objects'),
    });
  });

  it('has a place for every file that holds it, oldest first', async () => {
    const work = new GitRepository(temporaryFolder());
    work.write('z', key).commit();
    work.write('a', key).commit();
    work.write('m', Buffer.from(key).toString('hex')).commit();
    const places = placesOf((await scan([work.path], [knownKey(key)])).candidates, key);
    expect(places.map(({ path }) => path)).toEqual(['z', 'a', 'm']);
  });
});
