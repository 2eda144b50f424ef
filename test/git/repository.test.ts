import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { detectLayout } from '../../src/git/repository.js';
import { GitRepository, temporaryFolder } from '../support/git-repository.js';

describe('detectLayout', () => {
  it('knows a work tree, and its .git folder', () => {
    const { path } = new GitRepository(temporaryFolder());
    const gitDir = join(path, '.git');
    expect(detectLayout(path)).toEqual({ kind: 'work-tree', root: path, gitDir });
    expect(detectLayout(gitDir)).toEqual({ kind: 'git-directory', gitDir });
  });

  it('knows a bare repository', () => {
    const { path } = new GitRepository(temporaryFolder(), '--bare');
    expect(detectLayout(path)).toEqual({ kind: 'git-directory', gitDir: path });
  });

  it('follows the .git file of a linked work tree', () => {
    const work = new GitRepository(temporaryFolder());
    work.write('a', 'x').commit();
    const linked = join(temporaryFolder(), 'linked');
    work.git('worktree', 'add', '--quiet', linked);
    expect(detectLayout(linked)).toMatchObject({
      kind: 'work-tree',
      gitDir: join(work.path, '.git/worktrees/linked'),
    });
  });

  it.each([
    ['a folder without .git', undefined],
    ['a .git file that leads nowhere', 'gitdir: ../nowhere\n'],
    ['a .git file with other text', 'hello\n'],
  ])('takes %s for a plain folder', (_, dotGit) => {
    const folder = temporaryFolder();
    if (dotGit !== undefined) writeFileSync(join(folder, '.git'), dotGit);
    const hasBrokenGit = dotGit !== undefined;
    expect(detectLayout(folder)).toEqual({ kind: 'folder', root: folder, hasBrokenGit });
  });

  it('takes an empty .git folder for none', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, '.git'));
    expect(detectLayout(folder)).toEqual({ kind: 'folder', root: folder, hasBrokenGit: true });
  });

  it('knows a file', () => {
    const file = join(temporaryFolder(), 'a');
    writeFileSync(file, '');
    expect(detectLayout(file)).toEqual({ kind: 'file', file });
  });
});
