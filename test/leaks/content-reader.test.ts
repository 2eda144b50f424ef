import { describe, expect, it } from 'vitest';
import { ContentReader } from '../../src/leaks/content-reader.js';
import { loadDetectors } from '../../src/leaks/detectors/load-detectors.js';
import { compileNeedles } from '../../src/leaks/needles.js';
import { fakeKey } from '../../src/sandbox/fake-keys.js';
import { knownKey } from '../support/scan.js';

const known = Array.from({ length: 40 }, (_, i) => fakeKey('api-video', `reader-${i}`));
const needles = compileNeedles({
  known: known.map(knownKey),
  detectors: await loadDetectors(['rules/detectors']),
});

/** Keys at irregular distances, over lines of irregular lengths. */
const content = Buffer.from(
  known
    .map(
      (key, i) =>
        `${'x'.repeat((i * 37) % 97)}\n`.repeat((i * 13) % 29) +
        (i % 3 === 0 ? Buffer.from(key).toString('base64') : key),
    )
    .join(' '),
);

function read(windowBytes: number, pieceBytes: number) {
  const reader = new ContentReader(needles, windowBytes);
  for (let at = 0; at < content.length; at += pieceBytes) reader.push(content.subarray(at, at + pieceBytes));
  return reader.finish();
}

describe('ContentReader', () => {
  const whole = new ContentReader(needles).scanWhole(content);

  it('finds every key of a content that is all there', () => {
    expect(new Set(whole.map(({ fingerprint }) => fingerprint)).size).toBe(known.length);
  });

  it.each([
    [512, 1],
    [512, 1000],
    [1000, 333],
    [1500, 100_000],
    [4096, 4096],
    [100_000, 77],
  ])(
    'finds the same, at the same places, with windows of %i bytes and pieces of %i',
    (windowBytes, pieceBytes) => {
      expect(read(windowBytes, pieceBytes)).toEqual(whole);
    },
  );

  it('begins anew after each content', () => {
    const reader = new ContentReader(needles, 600);
    reader.push(content);
    reader.finish();
    reader.push(Buffer.from(`\n${known[0] ?? ''}`));
    expect(reader.finish()).toMatchObject([{ line: 2, column: 1, from: 1 }]);
  });
});
