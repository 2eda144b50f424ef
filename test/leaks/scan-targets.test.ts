import { describe, expect, it } from 'vitest';
import type { IsSilent } from '../../src/core/scan-target.js';
import { Secret } from '../../src/core/secret.js';
import { scanTargets } from '../../src/leaks/scan-targets.js';
import { fakeKey } from '../../src/sandbox/fake-keys.js';
import { GitRepository, temporaryFolder } from '../support/git-repository.js';
import { cacheOf, memoryFolder } from '../support/cache-in-memory.js';
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

  it('tells the same of what is gone, where an earlier run found nothing in that version for the same needles', async () => {
    const [clean, leaky] = [new GitRepository(temporaryFolder()), new GitRepository(temporaryFolder())];
    clean.write('a', 'nothing').commit();
    leaky.write('a', key).commit();
    const cache = cacheOf(memoryFolder());
    const passing = (isGone: boolean) =>
      [clean, leaky].map(({ path }) => ({
        ...localTarget(path),
        passing: { version: 'one', isGone },
      }));
    const request = { known: [knownKey(key)], detectors: [], cache };
    const first = await scanTargets({ ...request, targets: passing(false) }, quietContext);
    expect(first.candidates).toHaveLength(1);
    const silent: boolean[] = [];
    const asking = (paths: readonly string[], version: string) =>
      async function* (isSilent: IsSilent) {
        for (const path of paths) silent.push(await isSilent(path, version));
        yield* passing(true).slice(0, 1);
      };
    const both = [clean.path, leaky.path];
    const again = await scanTargets({ ...request, targets: asking(both, 'one') }, quietContext);
    expect(silent).toEqual([true, false]);
    expect(again.coverage).toEqual(first.coverage.slice(0, 2));
    await scanTargets({ ...request, targets: asking(both, 'two') }, quietContext);
    const other = { ...request, known: [knownKey(fakeKey('api-video', 'another'))] };
    const unknown = await scanTargets({ ...other, targets: asking(both, 'one') }, quietContext);
    expect(silent.slice(2)).toEqual([false, false, false, false]);
    expect(unknown.coverage).toMatchObject([{ status: 'failed' }]);
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
