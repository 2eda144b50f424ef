import { describe, expect, it } from 'vitest';
import { Secret } from '../../src/core/secret.js';
import { scanTargets } from '../../src/leaks/scan-targets.js';
import { fakeKey } from '../../src/sandbox/fake-keys.js';
import { GitRepository, temporaryFolder } from '../support/git-repository.js';
import { knownKey, localTarget, quietContext, scan } from '../support/scan.js';

const key = fakeKey('api-video', 'targets');

describe('scanTargets', () => {
  it('stops at once when it is interrupted', async () => {
    const work = new GitRepository(temporaryFolder());
    work.write('a', key).commit();
    const ctx = { ...quietContext, signal: AbortSignal.abort(new Error('enough')) };
    const request = { targets: [localTarget(work.path)], known: [knownKey(key)], detectors: [] };
    await expect(scanTargets(request, ctx)).rejects.toThrow('enough');
  });

  it('makes one candidate of a string in several repositories, with the link of each place', async () => {
    const [one, two] = [new GitRepository(temporaryFolder()), new GitRepository(temporaryFolder())];
    const commits = [one, two].map((repository) => repository.write('a b', key).commit());
    const targets = [one, two].map(({ path }, i) => ({
      ...localTarget(path, `acme/${i}`),
      webUrl: `https://host/acme/${i}`,
    }));
    const { candidates } = await scanTargets(
      { targets, known: [knownKey(key)], detectors: [] },
      quietContext,
    );
    expect(candidates).toHaveLength(1);
    expect(candidates[0]?.places.map(({ url }) => url)).toEqual(
      commits.map((commit, i) => `https://host/acme/${i}/blob/${commit}/a%20b#L1`),
    );
  });

  it('gives the same result twice, and shows no value anywhere in it', async () => {
    const work = new GitRepository(temporaryFolder());
    const other = fakeKey('cognitive3d', 'targets');
    work.write('a', `${key}\n${other}`).write('b', other).commit(`Add ${other}`);
    const results = [await scan([work.path], [knownKey(key)]), await scan([work.path], [knownKey(key)])];
    expect(results[0]).toEqual(results[1]);
    expect(results[0]?.candidates.map(({ recognition }) => recognition.by).sort()).toEqual([
      'detector',
      'value',
    ]);
    const text = JSON.stringify(results);
    expect([key, other].filter((value) => text.includes(value))).toEqual([]);
  });

  it('knows a key by its peppered fingerprint', async () => {
    const pepper = Secret.of('pepper of the test');
    const work = new GitRepository(temporaryFolder());
    work.write('a', `token ${key}`).commit();
    const known = [{ fingerprint: Secret.of(key).fingerprint(pepper) }];
    const { candidates } = await scanTargets(
      { targets: [localTarget(work.path)], known, detectors: [], pepper },
      quietContext,
    );
    expect(candidates).toMatchObject([
      { fingerprint: known[0]?.fingerprint, recognition: { by: 'fingerprint' } },
    ]);
  });
});
