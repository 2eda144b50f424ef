import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fakeKey } from '../../src/sandbox/fake-keys.js';
import { GitRepository, temporaryFolder } from '../support/git-repository.js';
import { knownKey, placesOf, scan } from '../support/scan.js';

const key = fakeKey('vidbeo', 'working');

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder();
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

const placesIn = async (path: string) => placesOf((await scan([path], [knownKey(key)])).candidates, key);

describe('files', () => {
  it('of a plain folder are scanned, hidden ones too', async () => {
    const folder = folderWith({ 'a/.b/c.txt': `\n\n x ${key}`, 'a/clean': 'nothing' });
    expect(await placesIn(folder)).toEqual([
      {
        repository: 'repo', visibility: 'local', kind: 'working-file', commit: undefined, path: 'a/.b/c.txt', line: 3,
        column: 4, firstSeen: undefined, inHead: true, pathInHead: true, removedAt: undefined, encoding: 'plain', url: undefined,
        fork: false, closedAt: undefined, refs: undefined,
      },
    ]); // biome-ignore format: one place
  });

  it('that git ignores or does not know are scanned', async () => {
    const work = new GitRepository(temporaryFolder());
    work.write('.gitignore', '.env').commit();
    work.write('.env', `VIDBEO_KEY=${key}`).write('new.txt', key);
    const places = await placesIn(work.path);
    expect(places.map(({ path, kind }) => [path, kind])).toEqual([
      ['.env', 'working-file'],
      ['new.txt', 'working-file'],
    ]);
  });

  it('that the history holds too are one place with their commit', async () => {
    const work = new GitRepository(temporaryFolder());
    const commit = work.write('a', key).commit();
    work.write('a', `moved down\n${key}`);
    expect(await placesIn(work.path)).toMatchObject([
      { kind: 'file', path: 'a', commit, line: 1, inHead: true },
    ]);
  });

  it('that came back after they were deleted from HEAD count as present', async () => {
    const work = new GitRepository(temporaryFolder());
    const commit = work.write('a', key).commit();
    work.remove('a').commit();
    work.write('a', `\n${key}`);
    expect(await placesIn(work.path)).toMatchObject([{ kind: 'file', commit, line: 2, inHead: true }]);
  });

  it('behind symbolic links are not read, but the links themselves are', async () => {
    const outside = folderWith({ secret: key });
    const folder = folderWith({ a: 'clean' });
    symlinkSync(join(outside, 'secret'), join(folder, 'to-file'));
    symlinkSync(outside, join(folder, 'to-folder'));
    expect(await placesIn(folder)).toEqual([]);
    symlinkSync(`/nowhere/${key}`, join(folder, 'dangling'));
    expect(await placesIn(folder)).toMatchObject([{ path: 'dangling', column: 10 }]);
  });

  it('that are pipes do not hang the scan', async () => {
    const folder = folderWith({ a: key });
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    expect(await placesIn(folder)).toHaveLength(1);
  });

  it('that cannot be read make the coverage partial', async () => {
    const folder = folderWith({ a: 'x', 'b/c': 'x' });
    chmodSync(join(folder, 'a'), 0);
    const { coverage } = await scan([folder]);
    const isRoot = process.getuid?.() === 0; // root reads everything
    expect(coverage).toMatchObject([{ part: 'files', status: isRoot ? 'complete' : 'partial', expected: 2 }]);
  });

  it('larger than a piece are scanned to their last byte, with line and column', async () => {
    const folder = folderWith({
      big: `${'0123456789abcde\n'.repeat(300_000)}${'y'.repeat(5_000_000)}${key}`,
    });
    expect(await placesIn(folder)).toMatchObject([{ line: 300_001, column: 5_000_001 }]);
  });

  it('of a work tree whose .git is a file bring the history along', async () => {
    const work = new GitRepository(temporaryFolder());
    work.write('a', key).commit();
    work.remove('a').commit();
    const linked = join(temporaryFolder(), 'linked');
    work.git('worktree', 'add', '--quiet', linked);
    expect(await placesIn(linked)).toMatchObject([{ kind: 'file', path: 'a', inHead: false }]);
  });

  it('of a repository inside another one bring its history along, with the path from the outer root', async () => {
    const outer = new GitRepository(temporaryFolder());
    outer.write('a', 'x').commit();
    const inner = new GitRepository(join(outer.path, 'libs/inner'));
    const commit = inner.write('b', key).commit();
    inner.remove('b').commit();
    expect(await placesIn(outer.path)).toMatchObject([
      { kind: 'file', path: 'libs/inner/b', commit, inHead: false },
    ]);
  });

  it('named after a key do not show it', async () => {
    const name = fakeKey('cognitive3d', 'name');
    const folder = folderWith({ [`${name}.txt`]: key });
    expect(await placesIn(folder)).toMatchObject([{ path: '[redacted].txt' }]);
  });

  it('are scanned when the target is one file', async () => {
    const folder = folderWith({ a: key, b: key });
    expect(await placesIn(join(folder, 'a'))).toMatchObject([{ path: 'a' }]);
  });
});

describe('the name of a working file', () => {
  it('is told once for a folder, and not again when the history has it', async () => {
    const work = new GitRepository(temporaryFolder());
    work.write(`old-${key}`, 'x').commit();
    work.write(`new ${key}/a`, 'x').write(`new ${key}/b`, 'x');
    const places = placesOf((await scan([work.path], [knownKey(key)])).candidates, key);
    expect(places.map(({ kind, path, commit }) => [kind, path, commit === undefined])).toEqual([
      ['path-name', 'old-[redacted]', false],
      ['path-name', 'new [redacted]', true],
    ]);
  });
});

describe('a hostile repository', () => {
  it('gets none of its commands run', async () => {
    const work = new GitRepository(temporaryFolder());
    work.write('a', key).commit();
    const proof = join(work.path, 'proof');
    const settings = [
      'core.fsmonitor',
      'diff.external',
      'core.pager',
      'core.sshCommand',
      'core.alternateRefsCommand',
      'gpg.program',
      'diff.x.textconv',
      'filter.x.smudge',
      'core.hooksPath',
    ];
    for (const setting of settings) work.git('config', setting, `touch ${proof}`);
    work.git('config', 'log.showSignature', 'true');
    work.git('config', 'core.worktree', '/nowhere/at/all');
    execFileSync('git', ['config', '--file', join(work.path, '.git/config'), 'include.path', '/dev/null']);
    writeFileSync(join(work.path, '.git/info/attributes'), '* diff=x filter=x\n');
    const { candidates, coverage } = await scan([work.path], [knownKey(key)]);
    expect(coverage.map(({ status }) => status)).toEqual(['complete', 'complete']);
    expect(placesOf(candidates, key)).toMatchObject([{ path: 'a' }]);
    expect(() => execFileSync('ls', [proof], { stdio: 'ignore' })).toThrow();
  });
});
