import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Candidate } from '../../src/core/leak.js';
import { Secret } from '../../src/core/secret.js';
import { fakeKey } from '../../src/sandbox/fake-keys.js';
import { buildWalker } from '../support/built-walker.js';
import { GitRepository, temporaryFolder } from '../support/git-repository.js';
import { Draw } from '../support/planting/draw.js';
import { gitIn, plantIn } from '../support/planting/plant.js';
import { knownKey, placesOf, scan } from '../support/scan.js';

/** Folders of real repositories to plant in, separated by colons; and how many values go into each place. */
const REAL = (process.env['KEYAUDIT_PLANT_IN'] ?? '').split(':').filter((path) => path !== '');
const ROUNDS = Number(process.env['KEYAUDIT_PLANT_ROUNDS'] ?? '2');
const SEEDS = (process.env['KEYAUDIT_PLANT_SEEDS'] ?? '1,2').split(',').map(Number);

/** A history of some files that change, two branches and a merge. */
function inventedHistory(seed: number): string {
  const draw = new Draw(seed);
  const work = new GitRepository(temporaryFolder());
  for (let i = 0; i < 6; i += 1) {
    for (const name of ['a.ts', 'b/c.md']) work.write(name, draw.lines(40).join('\n'));
    work.commit();
  }
  return join(work.path, '.git');
}

/** A copy that may be changed. */
function copyOf(repository: string): string {
  const copy = join(temporaryFolder(), basename(repository));
  mkdirSync(copy);
  gitIn(copy, ['clone', '--quiet', '--mirror', '--no-hardlinks', repository, '.']);
  return copy;
}

const BEDS = [
  ...SEEDS.map((seed) => ({
    name: `an invented history (${seed})`,
    seed,
    open: () => inventedHistory(seed),
  })),
  ...REAL.flatMap((path) =>
    SEEDS.map((seed) => ({
      name: `${basename(join(path, '..'))} (${seed})`,
      seed,
      open: () => copyOf(path),
    })),
  ),
];

const identityOf = (candidate: Candidate): string =>
  `${candidate.fingerprint} ${candidate.recognition.by} ${candidate.places.length}`;

beforeAll(buildWalker);

describe('values planted in every place and form', () => {
  it.each(BEDS)(
    'are all found where they are in $name, and nothing else is',
    async ({ seed, open }) => {
      const path = open();
      const before = (await scan([path])).candidates.map(identityOf);
      const { plantings, absent } = plantIn(path, { seed, rounds: ROUNDS });
      const known = [...plantings.map(({ value }) => value), ...absent].map(knownKey);
      const { candidates, coverage } = await scan([path], known);
      expect(coverage.filter(({ status }) => status !== 'complete')).toEqual([]);
      const wrong = plantings.flatMap(({ what, value, expected }) => {
        const places = placesOf(candidates, value);
        const [first] = places;
        const asExpected =
          places.length === 1 &&
          first !== undefined &&
          expect.objectContaining(expected).asymmetricMatch(first);
        return asExpected ? [] : [{ what, expected, found: places }];
      });
      expect(wrong).toEqual([]);
      const planted = new Set(plantings.map(({ value }) => Secret.of(value).fingerprint()));
      const others = candidates.filter(({ fingerprint }) => !planted.has(fingerprint)).map(identityOf);
      expect(others).toEqual(before);
      // However few there are: looked for in the way of many, the same is found.
      expect((await scan([path], known, 0)).candidates).toEqual(candidates);
    },
    600_000,
  );
});

describe('base64 of a string that differs from a key in its first or last character only', () => {
  const key = fakeKey('api-video', 'edges');
  const last = key.length - 1;
  it.each([
    ['the first', String.fromCharCode(key.charCodeAt(0) ^ 0x20) + key.slice(1)],
    ['the last', key.slice(0, last) + String.fromCharCode(key.charCodeAt(last) ^ 1)],
  ])('is not that key, whatever stands before: %s', async (_, nearly) => {
    const texts = ['', '#', '##'].flatMap((before) =>
      [nearly, key].map((value) => Buffer.from(`${before}${value};`).toString('base64')),
    );
    const work = new GitRepository(temporaryFolder());
    for (const [i, text] of texts.entries()) work.write(`${i % 2 === 0 ? 'nearly' : 'key'}-${i}`, text);
    work.commit();
    for (const manyValues of [0, 2]) {
      const { candidates } = await scan([join(work.path, '.git')], [knownKey(key)], manyValues);
      expect(placesOf(candidates, key).map(({ path }) => path)).toEqual(['key-1', 'key-3', 'key-5']);
    }
  });
});
