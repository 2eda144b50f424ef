import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Candidate } from '../../src/core/leak.js';
import type { ScanCache } from '../../src/leaks/cache/scan-cache.js';
import { loadDetectors } from '../../src/leaks/detectors/load-detectors.js';
import type { KnownKey } from '../../src/leaks/needles.js';
import { scanTargets } from '../../src/leaks/scan-targets.js';
import { fakeKey } from '../../src/sandbox/fake-keys.js';
import { buildWalker } from '../support/built-walker.js';
import { cacheOf, memoryFolder } from '../support/cache-in-memory.js';
import { GitRepository, temporaryFolder } from '../support/git-repository.js';
import { knownKey, localTarget, placesOf, quietContext } from '../support/scan.js';

const UNKNOWN = fakeKey('vidbeo', 'met');
const NAMED = `the key of this project\nVIDBEO_API_KEY=${UNKNOWN}\n`;
const BARE = `const k = "${UNKNOWN}";\n`;
const ENCODED = `${Buffer.from(`?${UNKNOWN}`).toString('base64')}\n`;

beforeAll(buildWalker);

async function found(
  paths: readonly string[],
  more: { known?: readonly KnownKey[]; cache?: ScanCache } = {},
) {
  const targets = paths.map((path, at) => localTarget(path, `repo-${at}`));
  const detectors = await loadDetectors(['rules/detectors']);
  const { known = [], ...cache } = more;
  return scanTargets({ targets, known, detectors, ...cache }, quietContext);
}

const spots = (candidates: readonly Candidate[], value = UNKNOWN): string[] =>
  placesOf(candidates, value).map(
    ({ repository, kind, path, line, column, encoding }) =>
      `${repository} ${kind} ${path ?? '-'} ${line}:${column} ${encoding}`,
  );

function repositoryOf(files: Readonly<Record<string, string>>, message = 'Work'): GitRepository {
  const repository = new GitRepository(temporaryFolder());
  for (const [path, text] of Object.entries(files)) repository.write(path, text);
  repository.commit(message);
  repository.git('repack', '-q', '-a', '-d');
  return repository;
}

describe('a string that a detector met in one place', () => {
  it('is found where nothing tells what it is: in other files, in encodings, in messages, in names', async () => {
    const { path } = repositoryOf(
      { 'a.txt': NAMED, 'b.ts': BARE, 'c.txt': ENCODED, [`${UNKNOWN}.txt`]: 'a name' },
      `Say ${UNKNOWN}`,
    );
    const { candidates } = await found([path]);
    expect(candidates).toHaveLength(1);
    expect(candidates[0]?.recognition).toMatchObject({ by: 'detector' });
    expect(candidates[0]?.vendor).toBe('vidbeo');
    const told = spots(candidates).map((spot) => spot.replaceAll(/\[.*?\]/g, '[]'));
    expect(told).toEqual(
      expect.arrayContaining([
        'repo-0 file a.txt 2:16 plain',
        'repo-0 file b.ts 1:12 plain',
        expect.stringMatching(/^repo-0 file c\.txt 1:\d base64$/),
        expect.stringMatching(/^repo-0 commit-message - 1:5 plain$/),
        expect.stringMatching(/^repo-0 path-name \S+ 1:1 plain$/),
      ]),
    );
  });

  it('is told once where it was met', async () => {
    const { path } = repositoryOf({ 'a.txt': NAMED });
    const alone = await found([path]);
    expect(spots(alone.candidates)).toHaveLength(1);
  });

  it('is not looked for in another repository, so that each can be scanned by itself', async () => {
    const [first, other] = [repositoryOf({ 'a.txt': NAMED }), repositoryOf({ 'b.ts': BARE })];
    const { candidates, met } = await found([first.path, other.path]);
    expect(spots(candidates)).toEqual(['repo-0 file a.txt 2:16 plain']);
    expect(met).toHaveLength(1);
  });

  it('is found encoded where only its fingerprint was known', async () => {
    const key = fakeKey('cognitive3d-legacy', 'met');
    const { path } = repositoryOf({
      'a.txt': `words ${key} words\n`,
      'b.txt': `${Buffer.from(`?${key}`).toString('base64')}\n`,
    });
    const known = [{ fingerprint: knownKey(key).fingerprint }];
    const { candidates } = await found([path], { known });
    expect(candidates[0]?.recognition).toEqual({ by: 'fingerprint' });
    expect(spots(candidates, key)).toHaveLength(2);
  });
});

describe('a cache', () => {
  it('changes nothing in what is found of strings that were met', async () => {
    const repository = repositoryOf({ 'a.txt': NAMED, 'b.ts': BARE });
    const { path } = repository;
    const cache = cacheOf(memoryFolder());
    const expectAsFresh = async (): Promise<void> => {
      const fresh = await found([join(path, '.git')]);
      const first = await found([join(path, '.git')], { cache });
      const again = await found([join(path, '.git')], { cache });
      expect(first.candidates).toEqual(fresh.candidates);
      expect(again.candidates).toEqual(fresh.candidates);
      expect(again.coverage).toEqual(fresh.coverage);
    };
    await expectAsFresh();
    repository.write('later.ts', `\n${BARE}`).commit('More');
    await expectAsFresh();
    repository.write('a.txt', 'nothing').write('last.txt', ENCODED).commit(`Use ${UNKNOWN}`);
    await expectAsFresh();
  });
});
