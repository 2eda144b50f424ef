import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import type { JudgeArchives, Look } from '../../src/git/pack/walker-module.js';
import { loadDetectors } from '../../src/leaks/detectors/load-detectors.js';
import { compileNeedles } from '../../src/leaks/needles.js';
import { judgeBy, judgingOf } from '../../src/leaks/pack-judge.js';
import { fakeKey } from '../../src/sandbox/fake-keys.js';
import { arOf, tgzOf } from '../support/archives.js';

const MIB = 1024 * 1024;
const key = fakeKey('cognitive3d', 'judged');
const detectors = await loadDetectors(['rules/detectors']);

/** As the pack reader's filter would have it: `value` may be one, `apikey` draws attention. */
const look: Look = (bytes) => {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (text.includes('value')) return 'value';
  return text.includes('apikey') || text.includes('orgkey') ? 'keyword' : undefined;
};

let archives: JudgeArchives;
beforeEach(() => {
  const judge = judgeBy(judgingOf(compileNeedles({ known: [], detectors })));
  if (judge.archives === undefined) throw new Error('it opens no archives');
  archives = judge.archives;
});

/** Files of at most 8 MiB each, as much as may be packed into nearly nothing. */
const filled = (count: number, text: string, bytes = 8 * MIB): Buffer =>
  arOf(
    Object.fromEntries(
      Array.from({ length: count }, (_, i) => [`f${i}`, gzipSync(Buffer.alloc(bytes, `${text}${i} `))]),
    ),
  );

describe('what may be an archive', () => {
  it.each([
    ['holds nothing', false, () => tgzOf({ a: 'nothing' })],
    ['is none', false, () => Buffer.from(`PK, and no zip: ${key}`)],
    ['holds what looks like a key', true, () => tgzOf({ a: `orgkey ${key}` })],
    ['holds what may be a value', true, () => tgzOf({ a: 'some value '.repeat(90) })],
    ['has a gap', true, () => tgzOf({ a: 'nothing' }).subarray(0, -20)],
    ['unpacks to 56 MiB', false, () => filled(7, 'nothing')],
    ['unpacks to more than takes a moment', true, () => filled(9, 'nothing')],
    ['holds 7 MiB with keywords', false, () => filled(7, 'apikey ', MIB)],
    ['holds more with keywords than takes a moment', true, () => filled(2, 'apikey ')],
  ])('that %s needs a closer look: %s', (_, expected, make) => {
    const bytes = make();
    // Shared, as a pack's memory is.
    const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
    shared.set(bytes);
    expect(archives(shared, look)).toBe(expected);
  });

  it('is judged by itself, whatever came before it', () => {
    const [slow, clean] = [filled(2, 'apikey '), tgzOf({ a: 'nothing' })];
    for (let i = 0; i < 2; i += 1) {
      expect(archives(slow, look)).toBe(true);
      expect(archives(clean, look)).toBe(false);
    }
  });

  it('counts with all that could have been unpacked where the look at it was broken off', () => {
    archives(tgzOf({ a: 'nothing' }), look);
    const before = archives.takeUnpacked();
    archives(filled(2, 'apikey '), look);
    expect(before).toBeLessThan(MIB);
    expect(archives.takeUnpacked()).toBe(64 * MIB);
  });
});
