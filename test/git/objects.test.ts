import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readAllObjects, readObjects } from '../../src/git/objects.js';
import { GitRepository, temporaryFolder } from '../support/git-repository.js';

const ctx = { signal: new AbortController().signal };

/** Six loose blobs, of which some are damaged, and what is shown of them. */
type Damage = (file: string, index: number) => void;

async function read(damage: Damage, isAll = false) {
  const gitDir = join(new GitRepository(temporaryFolder()).path, '.git');
  const contents = ['a', 'b', 'c', 'd', 'e', 'f'].map((letter) => letter.repeat(100_000));
  const ids = contents.map((content, index) => {
    const args = [`--git-dir=${gitDir}`, 'hash-object', '-w', '--stdin'];
    const id = execFileSync('git', args, { input: content, encoding: 'utf8' }).trim();
    const file = join(gitDir, 'objects', id.slice(0, 2), id.slice(2));
    chmodSync(file, 0o644);
    damage(file, index);
    return id;
  });
  const shown: string[] = [];
  let content = '';
  const sink = {
    begin: () => (content = ''),
    data: (bytes: Uint8Array) => (content += Buffer.from(bytes).toString('latin1')),
    end: () => shown.push(`${content.slice(0, 1)} ${content.length}`),
  };
  const result = isAll ? readAllObjects(gitDir, sink, ctx) : readObjects({ gitDir, ids }, sink, ctx);
  return { ...(await result), shown };
}

const WHOLE = ['a', 'b', 'c', 'd', 'e', 'f'].map((letter) => `${letter} 100000`);
const without = (...letters: readonly string[]) =>
  WHOLE.filter((text) => !letters.includes(text.slice(0, 1)));

describe('readObjects', () => {
  it('shows all that it is asked for', async () => {
    expect(await read(() => undefined)).toMatchObject({
      objects: 6,
      missing: 0,
      problem: undefined,
      shown: WHOLE,
    });
  });

  it.each([[[0]], [[2]], [[2, 3]], [[0, 3, 5]], [[0, 1, 2, 3, 4, 5]]])(
    'goes on behind objects that git gives up at: %j',
    async (broken) => {
      const result = await read((file, index) => {
        if (broken.includes(index)) writeFileSync(file, readFileSync(file).subarray(0, 60));
      });
      expect(result).toMatchObject({
        objects: 6 - broken.length,
        missing: broken.length,
        problem: undefined,
      });
      // Of what breaks off, the beginning is shown.
      const whole = result.shown.filter((text) => text.endsWith(' 100000'));
      expect(whole).toEqual(without(...broken.map((index) => 'abcdef'.charAt(index))));
    },
  );

  it('counts what is missing and what is garbage', async () => {
    const result = await read((file, index) => {
      if (index % 2 === 1) writeFileSync(file, 'garbage');
    });
    expect(result).toMatchObject({
      objects: 3,
      missing: 3,
      problem: undefined,
      shown: without('b', 'd', 'f'),
    });
  });

  it.each([[[]], [[0]], [[2, 3]], [[0, 3, 5]], [[0, 1, 2, 3, 4, 5]]])(
    'goes on behind them as well where it is asked for the whole store: %j',
    async (broken: readonly number[]) => {
      const result = await read((file, index) => {
        if (broken.includes(index)) writeFileSync(file, readFileSync(file).subarray(0, 60));
      }, true);
      expect(result).toMatchObject({
        objects: 6 - broken.length,
        missing: broken.length,
        problem: undefined,
      });
      const whole = result.shown.filter((text) => text.endsWith(' 100000')).toSorted();
      expect(whole).toEqual(without(...broken.map((index) => 'abcdef'.charAt(index))));
    },
  );

  it('does not go on when the folder is no repository', async () => {
    const request = { gitDir: temporaryFolder(), ids: ['a'.repeat(40), 'b'.repeat(40)] };
    const sink = { begin: () => undefined, data: () => undefined, end: () => undefined };
    const result = await readObjects(request, sink, ctx);
    expect(result.objects).toBe(0);
    expect(result.missing > 0 || result.problem !== undefined).toBe(true);
  });
});
