import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Candidate } from '../../src/core/leak.js';
import type { ScanTarget } from '../../src/core/scan-target.js';
import { Secret } from '../../src/core/secret.js';
import { loadDetectors } from '../../src/leaks/detectors/load-detectors.js';
import { scanTargets } from '../../src/leaks/scan-targets.js';
import { API_VIDEO_KEYS, UPLOAD_TOKENS } from '../../src/sandbox/company/api-video-keys.js';
import { COGNITIVE3D_KEYS } from '../../src/sandbox/company/cognitive3d-keys.js';
import { PLANTED_LEAKS, type PlantedLeak } from '../../src/sandbox/git/planted-leaks.js';
import { ALL_PLANS, SIDE_PLANS } from '../../src/sandbox/git/side-plans.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/start-sandbox.js';
import { githubContext } from '../support/github-context.js';

const DETECTORS = fileURLToPath(new URL('../../rules/detectors', import.meta.url));

/** What an audit knows: values that vendors list or the configuration refers to, else fingerprints. */
const known = [
  ...[...API_VIDEO_KEYS, ...UPLOAD_TOKENS].map(({ value }) => withValue(value)),
  ...COGNITIVE3D_KEYS.map((key) =>
    key.envName === undefined ? { fingerprint: key.fingerprint } : withValue(key.value),
  ),
];

function withValue(value: string): { fingerprint: ReturnType<Secret['fingerprint']>; secret: Secret } {
  const secret = Secret.of(value);
  return { fingerprint: secret.fingerprint(), secret };
}

let sandbox: Sandbox;
let candidates: readonly Candidate[];

beforeAll(async () => {
  sandbox = await startSandbox();
  const targets = ALL_PLANS.map(
    ({ owner, name, visibility, fork }): ScanTarget => ({
      name: `${owner}/${name}`,
      path: join(sandbox.repositories, owner, `${name}.git`),
      visibility,
      fork,
      closedAt: undefined,
      webUrl: undefined,
    }),
  );
  const detectors = await loadDetectors([DETECTORS]);
  const scan = await scanTargets({ targets, known, detectors }, githubContext());
  expect(scan.coverage.filter(({ status }) => status !== 'complete')).toEqual([]);
  ({ candidates } = scan);
});
afterAll(() => sandbox.close());

const ofLeak = ({ value }: PlantedLeak): Candidate | undefined => {
  const fingerprint = Secret.of(value).fingerprint();
  return candidates.find((candidate) => candidate.fingerprint === fingerprint);
};

describe("a scan of the sandbox's repositories", () => {
  it.each(PLANTED_LEAKS)('finds $label in $repository where it was planted ($story)', (leak) => {
    const { place, repository } = leak;
    const places = ofLeak(leak)?.places.filter((found) => found.repository.endsWith(`/${repository}`));
    expect(places).toMatchObject([
      { kind: place.kind, path: place.path, inHead: place.inHead, encoding: place.encoding },
    ]);
  });

  it.each(PLANTED_LEAKS)('knows $label in $repository as well as can be', (leak) => {
    const by = leak.known.by === 'nothing' ? 'detector' : leak.known.by;
    expect(ofLeak(leak)?.recognition.by).toBe(by);
    if (by === 'detector') expect(ofLeak(leak)?.vendor).toBe(leak.vendor);
  });

  it.each(SIDE_PLANS)('finds the key in $scannedAs', ({ owner, name, value, path }) => {
    const fingerprint = Secret.of(value).fingerprint();
    const places = candidates.find((candidate) => candidate.fingerprint === fingerprint)?.places;
    expect(places?.map((place) => [place.repository, place.path])).toEqual([[`${owner}/${name}`, path]]);
  });

  it('finds nothing else: no decoy, no placeholder', () => {
    const values = [...PLANTED_LEAKS, ...SIDE_PLANS].map(({ value }) => value);
    const planted = new Set(values.map((value) => Secret.of(value).fingerprint()));
    const others = candidates.filter(({ fingerprint }) => !planted.has(fingerprint));
    expect(others.map(({ places }) => places[0])).toEqual([]);
  });
});
