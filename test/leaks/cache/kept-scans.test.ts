import { beforeAll, expect, it } from 'vitest';
import { scanTargets } from '../../../src/leaks/scan-targets.js';
import { fakeKey } from '../../../src/sandbox/fake-keys.js';
import { buildWalker } from '../../support/built-walker.js';
import { cacheOf, memoryFolder } from '../../support/cache-in-memory.js';
import { GitRepository, temporaryFolder } from '../../support/git-repository.js';
import { knownKey, localTarget, placesOf, quietContext } from '../../support/scan.js';

const key = fakeKey('api-video', 'kept-scan');

beforeAll(buildWalker);

it('finds a key that is known again in what came while it was not', async () => {
  const repository = new GitRepository(temporaryFolder());
  const folder = memoryFolder();
  const pathsFor = async (known: readonly string[]): Promise<readonly (string | undefined)[]> => {
    const targets = [localTarget(`${repository.path}/.git`)];
    const request = { targets, known: known.map(knownKey), detectors: [], cache: cacheOf(folder) };
    const { candidates } = await scanTargets(request, quietContext);
    return placesOf(candidates, key).map(({ path }) => path);
  };
  repository.write('before.txt', key).commit();
  expect(await pathsFor([key])).toEqual(['before.txt']);
  expect(await pathsFor([])).toEqual([]);
  repository.write('meanwhile.txt', `and ${key}`).commit();
  expect(await pathsFor([])).toEqual([]);
  expect(await pathsFor([key])).toEqual(['before.txt', 'meanwhile.txt']);
});
