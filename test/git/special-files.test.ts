import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { refuseSpecialFiles } from '../../src/git/special-files.js';
import { fakeKey } from '../../src/sandbox/fake-keys.js';
import { GitRepository, temporaryFolder } from '../support/git-repository.js';
import { placesOf, scan } from '../support/scan.js';

const key = fakeKey('cognitive3d', 'special files');

function repositoryWithPipe(at: string): GitRepository {
  const repository = new GitRepository(temporaryFolder());
  repository.write('a.env', `${key}\n`).commit();
  const pipe = join(repository.path, '.git', at);
  rmSync(pipe, { force: true });
  mkdirSync(dirname(pipe), { recursive: true });
  execFileSync('mkfifo', [pipe]);
  return repository;
}

describe('a named pipe where git reads', () => {
  it.each([
    'config',
    'HEAD',
    'packed-refs',
    'refs/heads/deep/pipe',
    'info/attributes',
    'objects/info/alternates',
    `objects/ab/${'c'.repeat(38)}`,
    `objects/pack/pack-${'ab'.repeat(20)}.idx`,
  ])('is refused before git waits at it: %s', async (at) => {
    const { path } = repositoryWithPipe(at);
    await expect(refuseSpecialFiles(join(path, '.git'))).rejects.toThrow(at);
  });

  it('is refused behind a symbolic link, too', async () => {
    const { path } = repositoryWithPipe('elsewhere');
    rmSync(join(path, '.git/config'));
    symlinkSync('elsewhere', join(path, '.git/config'));
    await expect(refuseSpecialFiles(join(path, '.git'))).rejects.toThrow('config');
  });

  it('costs the history and nothing else: the files are still read', async () => {
    const { path } = repositoryWithPipe('packed-refs');
    const { candidates, coverage } = await scan([path]);
    expect(placesOf(candidates, key)).toHaveLength(1);
    expect(coverage.map(({ part, status }) => [part, status])).toEqual([
      ['objects', 'failed'],
      ['files', 'complete'],
    ]);
  });
});

describe('something called .git that is no repository', () => {
  it.each(['', 'inner/'])('is told, for nobody read its history: %j', async (prefix) => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, prefix, '.git'), { recursive: true });
    writeFileSync(join(folder, prefix, 'a.env'), `${key}\n`);
    const { candidates, coverage } = await scan([folder]);
    expect(placesOf(candidates, key)).toHaveLength(1);
    expect(coverage.map(({ status }) => status)).toEqual(['failed', 'complete']);
    expect(coverage[0]?.reason).toContain(`${prefix}.git is no repository`);
  });
});
