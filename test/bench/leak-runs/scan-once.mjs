// node scan-once.mjs REPOSITORY KEYS [exact]: one scan of the library in a process of its own, told in JSON.
// `exact`: known values alone, no detectors.
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Secret } from '../../../dist/core/secret.js';
import { loadDetectors } from '../../../dist/leaks/detectors/load-detectors.js';
import { scanTargets } from '../../../dist/leaks/scan-targets.js';
import { fakeKey } from '../../../dist/sandbox/fake-keys.js';

const RULES = fileURLToPath(new URL('../../../rules/detectors', import.meta.url));

export const quietContext = {
  signal: new AbortController().signal,
  clock: { now: () => Date.now(), sleep: () => Promise.resolve() },
  progress: { note: () => undefined, detail: () => undefined },
};

export const knownKey = (secret) => ({ secret, fingerprint: secret.fingerprint() });

async function scanOnce(path, keys, mode) {
  const start = { at: performance.now(), cpu: process.cpuUsage() };
  const known = Array.from({ length: keys }, (_, i) =>
    knownKey(Secret.of(fakeKey('api-video', `bench-${i}`))),
  );
  // Fake keys are drawn and fingerprints made before any scan begins.
  const { user, system } = process.cpuUsage(start.cpu);
  const keysMade = { seconds: (performance.now() - start.at) / 1e3, cpuSeconds: (user + system) / 1e6 };
  const target = { name: basename(path), path, visibility: 'public', webUrl: undefined };
  const detectors = mode === 'exact' ? [] : await loadDetectors([RULES]);
  const { candidates, coverage } = await scanTargets({ targets: [target], known, detectors }, quietContext);
  const [objects] = coverage;
  const by = (kind) => candidates.filter(({ recognition }) => recognition.by === kind).length;
  return {
    keysMade,
    objects: objects.seen,
    status: objects.status,
    byValue: by('value'),
    byDetector: by('detector'),
    maxRssMb: Math.round(process.resourceUsage().maxRSS / 1024),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [path, keys, mode] = process.argv.slice(2);
  console.log(JSON.stringify(await scanOnce(path, Number(keys), mode)));
}
