import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { holdsCommit } from '../../src/git/held-commit.js';
import { GitRepository } from '../support/git-repository.js';

let folder: string;
let repository: GitRepository;
let gitDir: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyaudit-commit-'));
  gitDir = join(folder, '.git');
  repository = new GitRepository(folder);
  repository.write('a.txt', 'a\n').commit();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const git = (...args: string[]): string => repository.git(...args);

describe('whether a store holds a commit', () => {
  const blob = (): string => git('rev-parse', 'HEAD:a.txt').trim();
  const pack = (): void => void git('repack', '-q', '-a', '-d');

  it('is seen in a loose object', () => {
    expect([holdsCommit(gitDir, repository.head()), holdsCommit(gitDir, blob())]).toEqual([true, false]);
  });

  it('is seen in a pack', () => {
    pack();
    expect([holdsCommit(gitDir, repository.head()), holdsCommit(gitDir, blob())]).toEqual([true, false]);
  });

  it('is found among many, each one', () => {
    for (let i = 0; i < 5; i += 1) repository.write('a.txt', `${i}\n`).commit();
    const ids = git('rev-list', 'HEAD').trim().split('\n');
    git('-c', 'pack.depth=0', 'repack', '-q', '-a', '-d', '-f');
    expect(ids.map((id) => holdsCommit(gitDir, id))).toEqual(ids.map(() => true));
  });

  it('is unknown where the object is not, or the index is damaged', () => {
    expect(holdsCommit(gitDir, '1'.repeat(40))).toBeUndefined();
    pack();
    writeFileSync(join(gitDir, 'objects/pack/pack-00.idx'), Buffer.from('ff744f63', 'hex'));
    expect(holdsCommit(gitDir, '1'.repeat(40))).toBeUndefined();
  });
});
