import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands/index.js';
import { run } from '../../src/cli/run.js';
import { fakeKey } from '../../src/sandbox/fake-keys.js';
import { GitRepository } from '../support/git-repository.js';
import { createTestShell, type TestShell, type TestShellOptions } from '../support/test-shell.js';

const LEAK = `COGNITIVE3D_API_KEY="${fakeKey('cognitive3d', 'staged')}"\n`;

let shell: TestShell;
let repository: GitRepository;
beforeEach(() => start());
afterEach(() => shell.clean());

async function start(options: TestShellOptions = {}): Promise<void> {
  shell = await createTestShell(options);
  repository = new GitRepository(shell.folder);
}

const staged = (from: TestShell = shell): Promise<number> => run(['leaks', '--staged'], COMMANDS, from);

describe('keyaudit leaks --staged', () => {
  it('stops a commit that would bring a key, before the first one as well', async () => {
    repository.write('src/app.env', LEAK).git('add', '.');
    expect(await staged()).toBe(1);
    expect(shell.said.out).toContain('src/app.env');
  });

  it('lets a commit without keys pass, though the history and the work tree hold one', async () => {
    repository.write('old.env', LEAK).commit();
    repository.write('untracked.env', LEAK).write('app.txt', 'harmless\n').git('add', 'app.txt');
    expect(await staged()).toBe(0);
  });

  it('passes when nothing is to be committed', async () => {
    repository.write('old.env', LEAK).commit();
    expect(await staged()).toBe(0);
  });

  it('looks at what is staged, not at what the file holds by now', async () => {
    repository.write('app.txt', 'harmless\n').commit();
    repository.write('app.txt', LEAK).git('add', '.');
    repository.write('app.txt', 'harmless again\n');
    expect(await staged()).toBe(1);
  });

  it('lets a commit pass that takes a key out', async () => {
    repository.write('app.env', LEAK).write('gone.env', LEAK).commit();
    repository.write('app.env', 'harmless\n').remove('gone.env').git('add', '--all');
    expect(await staged()).toBe(0);
  });

  it('sees the same content at two paths, names with blanks and line ends, and where a link leads', async () => {
    const odd = 'a b/ü\n"c".env';
    repository.write('one.env', LEAK).write(odd, LEAK).git('add', '--all');
    symlinkSync('nowhere', join(shell.folder, 'link'));
    repository.git('add', 'link');
    expect(await staged()).toBe(1);
    expect(shell.said.out).toContain('one.env');
  });

  it('works from a folder below', async () => {
    repository.write('deep/down/app.env', LEAK).git('add', '.');
    mkdirSync(join(shell.folder, 'deep/down'), { recursive: true });
    expect(await staged({ ...shell, cwd: join(shell.folder, 'deep/down') })).toBe(1);
  });

  it('uses the index that git tells its hooks, as for commit --all', async () => {
    repository.write('app.env', 'harmless\n').commit();
    repository.write('app.env', LEAK);
    execFileSync('git', ['add', '--all'], {
      cwd: shell.folder,
      env: { PATH: process.env['PATH'] ?? '', GIT_INDEX_FILE: join(shell.folder, '.git/next-index') },
    });
    expect(await staged()).toBe(0);
    expect(await staged({ ...shell, env: { ...shell.env, GIT_INDEX_FILE: '.git/next-index' } })).toBe(1);
  });

  it('is refused outside of a work tree, and with paths', async () => {
    const outside = await createTestShell();
    expect(await staged(outside)).toBe(2);
    expect(outside.said.err).toContain('no work tree');
    await outside.clean();
    expect(await run(['leaks', '--staged', 'src'], COMMANDS, shell)).toBe(2);
  });

  it('ends with 3 when a file cannot be read', async () => {
    repository.write('app.txt', 'harmless\n').git('add', '.');
    const id = repository.git('rev-parse', ':app.txt');
    repository.remove(`.git/objects/${id.slice(0, 2)}/${id.slice(2)}`);
    expect(await staged()).toBe(3);
    expect(shell.said.err).toContain('could not be read');
  });
});
