import { describe, expect, it } from 'vitest';
import { DetectorSet } from '../../../src/leaks/detectors/detector-set.js';
import { loadDetectors } from '../../../src/leaks/detectors/load-detectors.js';
import { type FakeKeyKind, fakeKey } from '../../../src/sandbox/fake-keys.js';

const detectors = await loadDetectors(['rules/detectors']);

/** `${fake KIND SEED}`, `${basic KIND SEED}` and `${jwt AUDIENCE SEED}`: no key-looking text stands in the rules. */
function filledIn(example: string): string {
  return example.replace(
    /\$\{(fake|basic|jwt) (\S+) (\S+)\}/g,
    (_, how: string, what: string, seed: string) => {
      if (how === 'jwt') return jwt(what, seed);
      const key = fakeKey(what as FakeKeyKind, seed); // a wrong kind fails the example
      return how === 'fake' ? key : Buffer.from(`${key}:`).toString('base64');
    },
  );
}

function jwt(audience: string, seed: string): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'RS256' })}.${part({ iss: seed, aud: audience, exp: 1 })}.${part(seed)}`;
}

describe.each(detectors.map((detector) => [detector.id, detector] as const))('detector %s', (_, detector) => {
  const set = new DetectorSet([detector]);

  it.each(detector.examples.positive)('finds a key in: %s', (example) => {
    expect(set.detect(Buffer.from(filledIn(example)))).toHaveLength(1);
  });

  it.each(detector.examples.negative)('is silent about: %s', (example) => {
    expect(set.detect(Buffer.from(filledIn(example)))).toEqual([]);
  });
});
