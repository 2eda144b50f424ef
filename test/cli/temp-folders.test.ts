import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, realpath, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTempFolders } from '../../src/cli/temp-folders.js';

const BUILT = join(import.meta.dirname, '../../dist/cli/temp-folders.js');

let folder: string;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'temp-folders-')));
  vi.stubEnv('TMPDIR', folder);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

/** The number of a process that has ended. */
const deadPid = (): number => spawnSync(process.execPath, ['-e', '']).pid;

/** What another run, with this process number, would have made: a folder with a clone in it. */
async function leave(pid: number, ending = 'AbCd12'): Promise<string> {
  const made = basename(await createTempFolders().make());
  const name = made.replace(`-${process.pid}-`, `-${pid}-`).replace(/-[^-]*$/, `-${ending}`);
  await rm(join(folder, made), { recursive: true });
  await mkdir(join(folder, name, 'clone.git'), { recursive: true });
  await writeFile(join(folder, name, 'clone.git/pack'), 'what may hold keys');
  return name;
}

describe('createTempFolders', () => {
  it('makes folders that only this user can read, and removes them', async () => {
    const temp = createTempFolders();
    const [first, second] = [await temp.make(), await temp.make()];
    expect(first).not.toBe(second);
    expect((await stat(first)).mode & 0o777).toBe(0o700);
    temp.removeAll();
    expect(await readdir(folder)).toEqual([]);
  });

  it('removes what a dead process left, with all that is in it', async () => {
    await leave(deadPid());
    const made = await createTempFolders().make();
    expect(await readdir(folder)).toEqual([basename(made)]);
  });

  it('removes what a process left that had the same number', async () => {
    const left = await leave(process.pid);
    await createTempFolders().make();
    expect(existsSync(join(folder, left))).toBe(false);
  });

  it('does not touch its own folders when it makes another one', async () => {
    const temp = createTempFolders();
    const first = await temp.make();
    await writeFile(join(first, 'clone'), '');
    await temp.make();
    expect(await readdir(first)).toEqual(['clone']);
  });

  it('leaves the folders of living processes', async () => {
    const left = await leave(process.ppid);
    await createTempFolders().make();
    expect(await readdir(folder)).toContain(left);
  });

  it.each([
    ['of another machine or container', (name: string) => name.replace(/-[0-9a-f]{8}-/, '-00000000-')],
    ['of another name', (name: string) => `${name}-mine`],
    ['without a process number', (name: string) => name.replace(/-\d+-/, '-')],
  ])('leaves folders %s', async (_what, rename) => {
    const name = rename(await leave(deadPid()));
    await mkdir(join(folder, name));
    await createTempFolders().make();
    expect(await readdir(folder)).toContain(name);
  });

  it('follows no symbolic link that stands in the place of a folder', async () => {
    const left = await leave(deadPid());
    await rm(join(folder, left), { recursive: true });
    await mkdir(join(folder, 'precious'));
    await symlink(join(folder, 'precious'), join(folder, left));
    await createTempFolders().make();
    expect(await readdir(folder)).toEqual(expect.arrayContaining(['precious', left]));
  });

  // The program as it is shipped: `npm run build` makes it.
  it.skipIf(!existsSync(BUILT))('clears up after kill -9, and not before', async () => {
    const script = `import { createTempFolders } from ${JSON.stringify(BUILT)};
      console.log(await createTempFolders().make()); setInterval(() => undefined, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      env: { TMPDIR: folder },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const made = (await firstLine(child)).trim();
    await createTempFolders().make();
    expect(existsSync(made)).toBe(true);
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('exit', resolve));
    await createTempFolders().make();
    expect(existsSync(made)).toBe(false);
  });
});

const firstLine = (child: ChildProcess): Promise<string> =>
  new Promise((resolve) => child.stdout?.once('data', (bytes: Buffer) => resolve(bytes.toString())));
