import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fakeKey } from '../../src/sandbox/fake-keys.js';
import { GitRepository, temporaryFolder } from '../support/git-repository.js';
import { knownKey, placesOf, scan } from '../support/scan.js';

const key = fakeKey('api-video', 'stores');
const search = async (path: string) => {
  const { candidates, coverage } = await scan([path], [knownKey(key)]);
  return { places: placesOf(candidates, key), coverage };
};

/** A repository with a submodule that once held the key. */
function withSubmodule(): { outer: GitRepository; commit: string } {
  const inner = new GitRepository(temporaryFolder());
  const commit = inner.write('secret.txt', `key=${key}\n`).commit();
  inner.remove('secret.txt').commit();
  const outer = new GitRepository(temporaryFolder());
  outer.git('submodule', '--quiet', 'add', '--name', 'vendor/inner', inner.path, 'libs/inner');
  outer.commit();
  return { outer, commit };
}

describe('a key in the history of a submodule', () => {
  it('is told once, where the submodule is checked out', async () => {
    const { outer, commit } = withSubmodule();
    const { places } = await search(outer.path);
    expect(places).toMatchObject([{ path: 'libs/inner/secret.txt', commit, inHead: false }]);
  });

  it('is found when the submodule is not checked out any more', async () => {
    const { outer, commit } = withSubmodule();
    outer.git('submodule', '--quiet', 'deinit', '--force', '--all');
    outer.git('rm', '--quiet', 'libs/inner');
    outer.commit('Remove the submodule');
    const { places, coverage } = await search(outer.path);
    const path = '.git/modules/vendor/inner/secret.txt';
    expect(places).toMatchObject([{ path, commit, inHead: false }]);
    expect(coverage.map(({ part }) => part)).toContain('objects of .git/modules/vendor/inner');
  });

  it('makes the coverage partial when the store of the submodule is damaged', async () => {
    const { outer } = withSubmodule();
    rmSync(join(outer.path, 'libs/inner'), { recursive: true });
    const store = join(outer.path, '.git/modules/vendor/inner/objects');
    const object = new GitRepository(join(temporaryFolder(), 'x')).git('hash-object', '--stdin');
    rmSync(join(store, 'pack'), { recursive: true });
    outer.write(`.git/modules/vendor/inner/objects/${object.slice(0, 2)}/${object.slice(2)}`, 'no object');
    const { coverage } = await search(outer.path);
    const entry = coverage.find(({ part }) => part === 'objects of .git/modules/vendor/inner');
    expect(entry?.status).not.toBe('complete');
  });
});

describe('a key in what lies in .git besides objects', () => {
  it.each([
    {
      what: 'the settings',
      path: '.git/config',
      text: `[x]\n\turl = https://u:${key}@git.example/\n`,
      line: 2,
    },
    { what: 'a hook', path: '.git/hooks/pre-push', text: `curl -u ${key}: https://ws.example\n`, line: 1 },
    { what: 'a conflict that was kept', path: '.git/rr-cache/ab/preimage', text: `a\nb ${key}\n`, line: 2 },
  ])('is found in $what', async ({ path, text, line }) => {
    const repository = new GitRepository(temporaryFolder());
    repository.write('a', 'nothing').commit();
    repository.write(path, path === '.git/config' ? `[core]\n${text}` : text);
    const { places } = await search(repository.path);
    const shown = path === '.git/config' ? line + 1 : line;
    expect(places).toMatchObject([{ kind: 'working-file', path, line: shown }]);
  });

  it('is not told a second time for logs and messages that git copied', async () => {
    const repository = new GitRepository(temporaryFolder());
    const commit = repository.write('a', 'nothing').commit(`Use ${key}`);
    expect((await search(repository.path)).places).toMatchObject([{ kind: 'commit-message', commit }]);
  });
});

describe('a store of several packs under one index', () => {
  it('gives every object, packed and loose', async () => {
    const repository = new GitRepository(temporaryFolder());
    const first = repository.write('a', key).commit();
    repository.git('repack', '-d', '--quiet');
    const second = repository.write('b', `two ${key}`).commit();
    repository.git('repack', '-d', '--quiet');
    repository.git('multi-pack-index', 'write');
    const third = repository.write('c', `three ${key}`).commit();
    const { places, coverage } = await search(join(repository.path, '.git'));
    expect(places.map(({ commit }) => commit)).toEqual([first, second, third]);
    expect(coverage).toMatchObject([{ status: 'complete' }]);
  });
});
