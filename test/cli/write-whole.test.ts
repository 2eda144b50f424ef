import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeWhole } from '../../src/cli/write-whole.js';

const BUILT = join(import.meta.dirname, '../../dist/cli/write-whole.js');

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'write-whole-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function* failing(): Iterable<string> {
  yield 'half';
  throw new Error('the report broke');
}

describe('writeWhole', () => {
  it('writes all pieces and makes the folder', async () => {
    await writeWhole(join(folder, 'a/b/report.md'), ['one ', 'two ', 'drei ü']);
    expect(await readFile(join(folder, 'a/b/report.md'), 'utf8')).toBe('one two drei ü');
  });

  it('leaves the old file as it was, and no draft, when it fails half-way', async () => {
    await writeFile(join(folder, 'report.md'), 'old');
    await expect(writeWhole(join(folder, 'report.md'), failing())).rejects.toThrow('the report broke');
    expect(await readFile(join(folder, 'report.md'), 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['report.md']);
  });

  // The program as it is shipped: `npm run build` makes it.
  it.skipIf(!existsSync(BUILT))(
    'fails, and writes no half file, where the disk has room for a part only',
    async () => {
      await writeFile(join(folder, 'report.md'), 'old');
      const script = `import { writeWhole } from ${JSON.stringify(BUILT)};
      await writeWhole('report.md', ['x'.repeat(100_000)]).catch((error) => console.log(error.code));`;
      const limited = [
        '-c',
        'ulimit -f 32; exec "$@"',
        'bash',
        process.execPath,
        '--input-type=module',
        '-e',
        script,
      ];
      expect(execFileSync('bash', limited, { cwd: folder, encoding: 'utf8' })).toBe('EFBIG\n');
      expect(await readFile(join(folder, 'report.md'), 'utf8')).toBe('old');
      expect(await readdir(folder)).toEqual(['report.md']);
    },
  );

  it('replaces a symbolic link and does not write through it', async () => {
    await writeFile(join(folder, 'precious'), 'keep');
    await symlink('precious', join(folder, 'report.md'));
    await writeWhole(join(folder, 'report.md'), ['new']);
    expect(await readFile(join(folder, 'precious'), 'utf8')).toBe('keep');
    expect(await readFile(join(folder, 'report.md'), 'utf8')).toBe('new');
  });

  it('removes the draft that a killed run left, and none that a living one or another machine writes', async () => {
    const host = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
    const gone = execFileSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }).trim();
    const draft = (machine: string, pid: number | string): string =>
      `.report.md.${machine}-${pid}-0123456789ab.tmp`;
    const others = [draft('00000000', gone), draft(host, process.ppid), '.report.md.mine.tmp'];
    for (const name of [draft(host, gone), ...others]) await writeFile(join(folder, name), '');
    await writeWhole(join(folder, 'report.md'), ['x']);
    expect((await readdir(folder)).toSorted()).toEqual([...others, 'report.md'].toSorted());
  });

  it('fails when a folder stands in its place', async () => {
    await mkdir(join(folder, 'report.md'));
    await expect(writeWhole(join(folder, 'report.md'), ['x'])).rejects.toThrow();
    expect(await readdir(folder)).toEqual(['report.md']);
  });
});
