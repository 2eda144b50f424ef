import { beforeAll, describe, expect, it } from 'vitest';
import { Secret } from '../../src/core/secret.js';
import { loadDetectors } from '../../src/leaks/detectors/load-detectors.js';
import { withFilter } from '../../src/leaks/filtered-needles.js';
import { compileNeedles } from '../../src/leaks/needles.js';
import { scanBytes } from '../../src/leaks/scan-bytes.js';
import { writtenForms } from '../../src/match/encodings.js';
import { fakeKey } from '../../src/sandbox/fake-keys.js';
import { buildWalker } from '../support/built-walker.js';
import { knownKey } from '../support/scan.js';

const key = fakeKey('api-video', 'filtered');
const hashed = fakeKey('cognitive3d-legacy', 'filtered');
const detectors = await loadDetectors(['rules/detectors']);
const plain = compileNeedles({
  known: [knownKey(key), { fingerprint: Secret.of(hashed).fingerprint() }],
  detectors,
});
const filler = Buffer.from('nothing of interest stands here, and it goes on\n'.repeat(40));

beforeAll(buildWalker);

describe('needles with a quick first look', () => {
  const filtered = withFilter(plain);

  it('find every written form of a known key, wherever it stands', () => {
    for (const { bytes } of writtenForms(Secret.of(key))) {
      for (const at of [0, 1, 700, filler.length]) {
        const text = Buffer.concat([filler.subarray(0, at), bytes, filler.subarray(at)]);
        expect(scanBytes(text, filtered)).toEqual(scanBytes(text, plain));
      }
    }
  });

  it('find every written form of a known key that is looked for as one of many', () => {
    const many = compileNeedles({ known: [knownKey(key)], detectors, manyValues: 0 });
    const quick = withFilter(many);
    for (const { bytes } of writtenForms(Secret.of(key))) {
      for (const at of [0, 1, 2, 700, filler.length]) {
        const text = Buffer.concat([filler.subarray(0, at), bytes, filler.subarray(at)]);
        expect(scanBytes(text, quick)).toEqual(scanBytes(text, plain));
      }
    }
    expect(quick.mayHold?.(filler)).toBe(false);
  });

  it('find a key by its fingerprint, and all that the detectors show as their examples, also as UTF-16', () => {
    const texts = detectors.flatMap(({ examples }) => examples.positive).concat(`x ${hashed} y`);
    for (const text of texts) {
      for (const encoding of ['utf8', 'utf16le'] as const) {
        const around = filler.toString('utf8');
        const bytes = Buffer.from(around + text + around, encoding);
        expect(scanBytes(bytes, filtered)).toEqual(scanBytes(bytes, plain));
      }
    }
  });

  it('do not look through a content in which nothing can be', () => {
    expect(filtered.mayHold?.(filler)).toBe(false);
    expect(filtered.mayHold?.(Buffer.concat([filler, Buffer.from(key)]))).toBe(true);
  });

  it('look through a content that is longer than the first look reaches', () => {
    expect(filtered.mayHold?.(Buffer.alloc(5 * 1024 * 1024, 'a'))).toBe(true);
  });
});
