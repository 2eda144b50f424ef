import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { fakeKey } from '../../../src/sandbox/fake-keys.js';
import { buildWalker } from '../../support/built-walker.js';
import { arOf, tgzOf, zipOf } from '../../support/archives.js';
import { GitRepository, temporaryFolder } from '../../support/git-repository.js';
import { knownKey, placesOf, scan } from '../../support/scan.js';

const key = fakeKey('vidbeo', 'in-archives');
const unknown = fakeKey('cognitive3d', 'in-archives');

beforeAll(buildWalker);

describe('a key in an archive', () => {
  it('of the work tree has a place inside of it', async () => {
    const work = new GitRepository(temporaryFolder());
    work.write('old/backup.tgz', tgzOf({ 'etc/app.env': `\nKEY=${key}` }));
    const places = placesOf((await scan([work.path], [knownKey(key)])).candidates, key);
    expect(places).toMatchObject([
      { kind: 'archive-entry', path: 'old/backup.tgz!/etc/app.env', line: 2, column: 5, inHead: true, url: undefined },
    ]); // biome-ignore format: one place
  });

  // Loose objects, then those of a pack, which the pack reader flags.
  it.each([[false], [true]])('of the history has its commit too (packed: %s)', async (isPacked) => {
    const work = new GitRepository(temporaryFolder());
    work.write('readme', 'clean').commit();
    const zip = zipOf({ 'in/a.env': `C3D=${unknown}`, 'in/b.env': `\n\n ${key}`, c: 'clean' });
    const commit = work
      .write('lib.zip', zip)
      .write('copy.tgz', tgzOf({ deep: key }))
      .commit();
    work.remove('lib.zip').commit();
    if (isPacked) work.git('repack', '-q', '-a', '-d', '-f');
    const { candidates, coverage } = await scan([join(work.path, '.git')], [knownKey(key)]);
    expect(placesOf(candidates, key)).toMatchObject([
      { kind: 'archive-entry', path: 'copy.tgz!/deep', commit, line: 1, inHead: true },
      { kind: 'archive-entry', path: 'lib.zip!/in/b.env', commit, line: 3, column: 2, inHead: false },
    ]);
    expect(placesOf(candidates, unknown)).toMatchObject([{ path: 'lib.zip!/in/a.env', column: 5 }]);
    expect(coverage).toMatchObject([{ status: 'complete' }]);
  });

  it('of a pack is found in each of several archives that hold the same file', async () => {
    const work = new GitRepository(temporaryFolder());
    const long = `${'some text, '.repeat(200)}${key} and so on`;
    for (const name of ['a', 'b', 'c']) work.write(`${name}.tgz`, tgzOf({ long, [name]: name }));
    work.write('clean.tgz', tgzOf({ clean: 'some text, '.repeat(200) })).commit();
    work.git('repack', '-q', '-a', '-d', '-f');
    const { candidates } = await scan([join(work.path, '.git')], [knownKey(key)]);
    expect(placesOf(candidates, key).map(({ path }) => path)).toEqual(
      ['a', 'b', 'c'].map((name) => `${name}.tgz!/long`),
    );
  });

  it.each([[false], [true]])(
    'behind a program, or of a kind that is not opened (packed: %s)',
    async (isPacked) => {
      const work = new GitRepository(temporaryFolder());
      const program = Buffer.concat([
        Buffer.from('MZ'),
        Buffer.alloc(2000, 1),
        zipOf({ a: 'x'.repeat(90) + key }),
      ]);
      work
        .write('setup.exe', program)
        .write('logs.cab', Buffer.from(`4d53434600000000${'05'.repeat(60)}`, 'hex'));
      work.write('it.deb', arOf({ 'data.tar.gz': tgzOf({ 'etc/it': ` ${unknown}` }) }));
      work.write('script', `#!/bin/sh\n${'echo\n'.repeat(500)}`).commit();
      if (isPacked) work.git('repack', '-q', '-a', '-d', '-f');
      const { candidates, coverage } = await scan([join(work.path, '.git')], [knownKey(key)]);
      expect(placesOf(candidates, key)).toMatchObject([{ path: 'setup.exe!/a', line: 1, column: 91 }]);
      expect(placesOf(candidates, unknown)).toMatchObject([
        { path: 'it.deb!/data.tar.gz!/etc/it', column: 2 },
      ]);
      expect(coverage).toMatchObject([
        { status: 'complete', reason: expect.stringContaining('1 cab, which is not opened') },
      ]);
    },
  );

  it('of a repository that only git can read has its place too', async () => {
    const work = new GitRepository(temporaryFolder(), '--object-format=sha256');
    work.write('a.tgz', tgzOf({ 'in/b': `\n${key}` })).commit();
    work.git('repack', '-q', '-a', '-d');
    const { candidates, coverage } = await scan([join(work.path, '.git')], [knownKey(key)]);
    expect(placesOf(candidates, key)).toMatchObject([
      { kind: 'archive-entry', path: 'a.tgz!/in/b', line: 2, column: 1, inHead: true },
    ]);
    expect(coverage).toMatchObject([{ status: 'complete' }]);
  });

  it('that cannot be read is told in the coverage', async () => {
    const work = new GitRepository(temporaryFolder());
    const zip = zipOf({ a: 'x' });
    work.write('cut.zip', zip.subarray(0, 40)).commit();
    const { coverage } = await scan([work.path]);
    expect(coverage.map(({ status, reason }) => [status, reason])).toEqual([
      ['complete', expect.stringMatching(/^in archives not everything was read: 1 damaged \(object [0-9a-f]{12}\)/)],
      ['complete', 'in archives not everything was read: 1 damaged (cut.zip)'],
    ]); // biome-ignore format: two lines
  });
});

it('what is not opened is told of a pack too, by its first bytes', async () => {
  const work = new GitRepository(temporaryFolder());
  for (const magic of ['60ea2c0022', '24762d6c68352d', '1f9d8c'])
    work.write(magic, Buffer.concat([Buffer.from(magic, 'hex'), Buffer.alloc(700, 9)]));
  work.commit();
  work.git('repack', '-q', '-a', '-d', '-f');
  const { coverage } = await scan([join(work.path, '.git')]);
  const kinds = ['compress', 'arj', 'lzh'].map((kind) => `1 ${kind}, which is not opened`);
  expect(coverage.map(({ reason }) => reason).join()).toContain(kinds.join(', '));
});
