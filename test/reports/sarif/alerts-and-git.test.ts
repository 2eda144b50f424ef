import type { Log } from 'sarif';
import { expect, test } from 'vitest';
import { known } from '../../../src/core/fact.js';
import type { Leak } from '../../../src/core/leak.js';
import { correlate } from '../../../src/correlate/correlate.js';
import { fakeKey } from '../../../src/sandbox/fake-keys.js';
import { aCoverage, aFinding, aKey, aResult, aRule, aSubject } from '../../support/audit-result.js';
import { GitRepository, temporaryFolder } from '../../support/git-repository.js';
import { renderedFile } from '../../support/rendered.js';
import { knownKey, scan } from '../../support/scan.js';

const REGISTERED = fakeKey('api-video', 'alerts');
const STRANGER = fakeKey('cognitive3d', 'alerts');
const KEY = knownKey(REGISTERED);
const FILLER = 'const volume = 1;\n'.repeat(20);

/** What GitHub keeps an alert by, of a real scan of the repository. */
async function alertsOf(repository: GitRepository): Promise<readonly string[]> {
  const { candidates, coverage } = await scan([repository.path], [KEY]);
  const leaks = correlate(candidates, [aKey({ fingerprint: known(KEY.fingerprint) })]);
  const result = aResult({
    leaks,
    coverage: [aCoverage(), ...coverage],
    rules: [aRule({ id: 'leaked', subject: 'leak' })],
    findings: leaks.map((leak) =>
      aFinding({ rule: 'leaked', subject: subjectOf(leak), places: leak.places }),
    ),
  });
  const { runs } = JSON.parse(renderedFile(result, 'sarif', 'github/repo.sarif')) as Log;
  const hashes = runs
    .flatMap((run) => run.results ?? [])
    .map((one) => JSON.stringify(one.partialFingerprints));
  return hashes.toSorted();
}

function subjectOf({ keys, fingerprint, places }: Leak) {
  const [ref] = keys;
  if (ref !== undefined) return aSubject({ kind: 'leak', source: ref.source, id: ref.id, fingerprint });
  return { kind: 'leak', source: places[0]?.repository ?? '', id: fingerprint, fingerprint } as const;
}

function planted(): GitRepository {
  const repository = new GitRepository(temporaryFolder());
  repository.write('src/player.ts', `${FILLER}const key = '${REGISTERED}';\n${FILLER}`);
  repository.write('xr.env', `C3D_KEY=${STRANGER}\n`);
  repository.commit('Add the player');
  return repository;
}

const OPERATIONS: readonly (readonly [string, (repository: GitRepository) => void])[] = [
  [
    'moving the file',
    (repository) => {
      repository.git('mv', 'src', 'lib');
      repository.commit('Move');
    },
  ],
  [
    'lines above it',
    (repository) => {
      repository.write('src/player.ts', `${FILLER.repeat(5)}const key = '${REGISTERED}';\n`).commit('Grow');
    },
  ],
  ['deleting it', (repository) => void repository.remove('src/player.ts').remove('xr.env').commit('Delete')],
  [
    'a rebase that gives every commit another id',
    (repository) => {
      repository.git('checkout', '--quiet', '--orphan', 'other');
      repository.commit('The same files in another history');
      repository.git('branch', '--quiet', '-D', 'main');
      repository.git('reflog', 'expire', '--expire=now', '--all');
      repository.git('gc', '--quiet', '--prune=now');
    },
  ],
  ['a copy of it', (repository) => void repository.write('copy.ts', `x = '${REGISTERED}'\n`).commit('Copy')],
];

test.each(OPERATIONS)('alerts are the same alerts after %s', async (_operation, change) => {
  const repository = planted();
  const before = await alertsOf(repository);
  expect(before).toHaveLength(2);
  change(repository);
  expect(await alertsOf(repository)).toEqual(before);
});

test('another key on the same line is another alert', async () => {
  const repository = planted();
  const before = await alertsOf(repository);
  repository.write('xr.env', `C3D_KEY=${fakeKey('cognitive3d', 'another')}\n`).commit('Replace');
  const after = await alertsOf(repository);
  expect(after).toHaveLength(3);
  expect(after).toEqual(expect.arrayContaining([...before]));
});
