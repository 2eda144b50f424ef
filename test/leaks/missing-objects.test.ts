import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fakeKey } from '../../src/sandbox/fake-keys.js';
import { GitRepository, temporaryFolder } from '../support/git-repository.js';
import { knownKey, placesOf, scan } from '../support/scan.js';

const key = fakeKey('api-video', 'missing');

/** A clone that left out all files, with commits of its own. */
function partialClone(): GitRepository {
  const work = new GitRepository(temporaryFolder());
  work.git('config', 'uploadpack.allowFilter', 'true');
  for (let i = 0; i < 5; i += 1) work.write('a', `one ${i}`).write(`d${i}/b`, `two ${i}`).commit();
  const clone = temporaryFolder();
  work.git('clone', '--quiet', '--no-checkout', '--filter=blob:none', `file://${work.path}`, `${clone}/c`);
  const own = new GitRepository(`${clone}/c`);
  own.git('commit', '-q', '--allow-empty', '-m', 'Of its own');
  return own;
}

describe('what is not there', () => {
  it('is said of a shallow clone', async () => {
    const work = new GitRepository(temporaryFolder());
    work.write('a', 'one').commit();
    work.write('a', 'two').commit();
    const clone = join(temporaryFolder(), 'clone');
    work.git('clone', '--quiet', '--bare', '--depth=1', `file://${work.path}`, clone);
    const { coverage } = await scan([clone]);
    expect(coverage).toMatchObject([
      { status: 'partial', expected: undefined, reason: expect.stringContaining('shallow') },
    ]);
  });

  it('is counted in a partial clone, and nothing is fetched', async () => {
    const work = new GitRepository(temporaryFolder());
    work.git('config', 'uploadpack.allowFilter', 'true');
    work.write('a', `one ${key}`).commit();
    work.write('b', 'two').commit();
    const clone = join(temporaryFolder(), 'clone');
    work.git('clone', '--quiet', '--bare', '--filter=blob:none', `file://${work.path}`, clone);
    const { candidates, coverage } = await scan([clone], [knownKey(key)]);
    expect(candidates).toEqual([]);
    expect(coverage).toMatchObject([
      { status: 'partial', reason: expect.stringContaining('2 objects are missing') },
    ]);
  });

  it.each([
    ['packed', ['repack', '-q', '-a', '-d']],
    ['loose', ['count-objects']],
  ])('is counted as git counts it where all else is %s, and a clone left it out', async (_how, command) => {
    const work = partialClone();
    work.git(...command);
    const counted = work.git('rev-list', '--objects', '--all', '--missing=print').match(/^\?/gm)?.length;
    expect(counted).toBeGreaterThan(2);
    const { coverage } = await scan([join(work.path, '.git')]);
    expect(coverage).toMatchObject([
      { status: 'partial', reason: expect.stringContaining(`${counted} objects are missing`) },
    ]);
  });

  it('is no matter when nothing but garbage names it', async () => {
    const work = new GitRepository(temporaryFolder());
    work.write('a', 'one').commit();
    const dangling = work.gitWith('a tree without its file', 'hash-object', '-w', '--stdin');
    work.gitWith(`100644 blob ${dangling}\tgone`, 'mktree');
    rmSync(join(work.path, '.git/objects', dangling.slice(0, 2), dangling.slice(2)));
    const { coverage } = await scan([join(work.path, '.git')]);
    expect(coverage).toMatchObject([{ status: 'complete' }]);
  });

  it('is no matter when it is a submodule, or the tree of nothing', async () => {
    const work = new GitRepository(temporaryFolder());
    work.git('commit', '-q', '--allow-empty', '-m', 'Nothing');
    work.git('update-index', '--add', '--cacheinfo', `160000,${'12'.repeat(20)},sub`);
    work.git('commit', '-q', '-m', 'A submodule');
    work.git('repack', '-q', '-a', '-d');
    const { coverage } = await scan([join(work.path, '.git')]);
    expect(coverage).toMatchObject([{ status: 'complete' }]);
  });

  it('does not hide the places of what is there', async () => {
    const work = new GitRepository(temporaryFolder());
    const commits = Array.from({ length: 6 }, (_, i) =>
      work.write('a', `version ${i}`).write(`f${i}`, `${i} ${key}`).commit(),
    );
    const lost = commits[2] ?? '';
    rmSync(join(work.path, '.git/objects', lost.slice(0, 2), lost.slice(2)));
    const { candidates, coverage } = await scan([join(work.path, '.git')], [knownKey(key)]);
    expect(coverage).toMatchObject([{ status: 'partial' }]);
    const located = placesOf(candidates, key).filter(({ commit }) => commit !== undefined);
    expect(located.map(({ path, commit }) => [path, commit])).toEqual(
      [0, 1, 4, 5].map((i) => [`f${i}`, commits[i]]),
    );
    expect(placesOf(candidates, key).map(({ path }) => path)).toEqual(expect.arrayContaining(['f2', 'f3']));
  });

  it('is said of a damaged store, and the other targets go on', async () => {
    const damaged = new GitRepository(temporaryFolder());
    damaged.write('a', 'one').commit();
    const id = damaged.git('rev-parse', 'HEAD:a');
    const object = join(damaged.path, '.git/objects', id.slice(0, 2), id.slice(2));
    chmodSync(object, 0o600);
    writeFileSync(object, 'no object');
    const fine = new GitRepository(temporaryFolder());
    fine.write('a', key).commit();
    const paths = [damaged.path, join(fine.path, 'no-such-folder'), fine.path];
    const { candidates, coverage } = await scan(paths, [knownKey(key)]);
    expect(placesOf(candidates, key)).toHaveLength(1);
    expect(coverage.find(({ source, part }) => source === 'repo' && part === 'objects')).toMatchObject({
      status: 'partial',
      reason: expect.stringContaining('git fsck'),
    });
    expect(coverage.find(({ source }) => source === 'repo-1')).toMatchObject({
      status: 'failed',
      reason: expect.stringContaining('ENOENT'),
    });
  });
});
