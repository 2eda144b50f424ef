import { describe, expect, it } from 'vitest';
import { Secret } from '../../src/core/secret.js';
import { loadDetectors } from '../../src/leaks/detectors/load-detectors.js';
import { compileNeedles, type KnownKey } from '../../src/leaks/needles.js';
import { scanBytes } from '../../src/leaks/scan-bytes.js';
import { fakeKey } from '../../src/sandbox/fake-keys.js';
import { knownKey } from '../support/scan.js';

const detectors = await loadDetectors(['rules/detectors']);
const pepper = Secret.of('a pepper of this test');

function found(
  content: string | Buffer,
  known: readonly KnownKey[],
  more: { pepper?: Secret } = {},
): string[] {
  const needles = compileNeedles({ known, detectors, ...more });
  return scanBytes(Buffer.from(content), needles).map(({ recognition, encoding, from }) => {
    const by = recognition.by === 'detector' ? recognition.detector : recognition.by;
    return `${by} ${encoding} @${from}`;
  });
}

const hashOnly = (value: string, with_?: Secret): KnownKey => ({
  fingerprint: Secret.of(value).fingerprint(with_),
});

const org = fakeKey('cognitive3d', 'bytes');
const video = fakeKey('api-video', 'bytes');
const legacy = fakeKey('cognitive3d-legacy', 'bytes');

describe('a key of which only the fingerprint is known', () => {
  it.each([
    ['between quotes', `key = "${legacy}"`, ['fingerprint plain @7']],
    ['at the very start and end', legacy, ['fingerprint plain @0']],
    ['joined to words by hyphens and underscores', `x-${legacy}_y`, ['fingerprint plain @2']],
    ['behind a scheme word', `APIKEY:ORGANIZATION ${legacy}`, ['fingerprint plain @20']],
    ['in UTF-16 text', Buffer.from(`the key: ${legacy}`, 'utf16le'), ['fingerprint utf-16le @18']],
  ])('is found %s', (_, content, expected) => {
    expect(found(content, [hashOnly(legacy)])).toEqual(expected);
  });

  it('is found with its prefix, and as the declared part behind the prefix', () => {
    const bare = org.slice('orgkey-'.length);
    expect(found(`'${org}'`, [hashOnly(org)])).toEqual(['fingerprint plain @1']);
    expect(found(`'${org}'`, [hashOnly(bare)])).toContain('fingerprint plain @8');
  });

  it('is no trouble for a longer word at the very start', () => {
    expect(found(`ab${legacy}`, [hashOnly(legacy)])).toEqual([]);
  });

  it('is found inside a Basic header', () => {
    const header = Buffer.from(`${video}:`).toString('base64');
    expect(found(`Basic ${header}`, [hashOnly(video)])).toEqual(['fingerprint basic-auth @6']);
  });

  it('is found by a peppered fingerprint with that pepper only', () => {
    expect(found(`= ${video} `, [hashOnly(video, pepper)], { pepper })).toEqual(['fingerprint plain @2']);
    expect(found(`= ${video} `, [hashOnly(video, pepper)])).toEqual([]);
  });

  it('is not found when a character differs, is missing, or comes on top', () => {
    const near = [`${legacy.slice(0, -1)}_`, legacy.slice(1), `${legacy}0`];
    expect(found(near.join('\n'), [hashOnly(legacy)])).toEqual([]);
  });
});

describe('one string', () => {
  it('that is known is no guess besides', () => {
    expect(found(`apivideo key: ${video}`, [knownKey(video)])).toEqual(['value plain @14']);
    expect(found(`apivideo key: ${video}`, [])).toEqual(['api-video-key plain @14']);
  });

  it('in a Basic header is found once', () => {
    const header = Buffer.from(`${video}:`).toString('base64');
    expect(found(`Basic ${header}`, [knownKey(video)])).toEqual(['value basic-auth @6']);
  });

  it('that holds another known one is found beside it', () => {
    const part = video.slice(10, 30);
    expect(found(video, [knownKey(video), knownKey(part)])).toEqual(['value plain @0', 'value plain @10']);
  });

  it('ends with a content that is cut off in the middle of its last character', () => {
    const wide = Buffer.from(`C3D_ETL_KEY=${legacy}`, 'utf16le').subarray(0, -1);
    const needles = compileNeedles({ known: [hashOnly(legacy)], detectors: [] });
    expect(scanBytes(wide, needles).map(({ to }) => to)).toEqual([wide.length]);
  });

  it('that only looks like a key is found in UTF-16 text too', () => {
    expect(found(Buffer.from(`\ufeffkey=${org}`, 'utf16le'), [])).toEqual([
      'cognitive3d-organization-key utf-16le @10',
    ]);
    expect(found(Buffer.from(`key=${org}`, 'utf16le').swap16(), [])).toEqual([
      'cognitive3d-organization-key utf-16be @8',
    ]);
  });
});

describe('hostile text', () => {
  it.each([
    ['keywords only', 'apivideo'.repeat(500_000)],
    ['one endless word full of keywords', `${'A'.repeat(500)}apivideo`.repeat(8_000)],
    ['token keywords only', 'imF1ZCI6ImxpYmNhc3Qi'.repeat(200_000)],
    ['half tokens', `eyJ.${'ImF1ZCI6ImxpYmNhc3Qi'.repeat(100)}.`.repeat(2_000)],
    ['prefixes only', 'orgkey-'.repeat(500_000)],
    ['assignments only', `vidbeo_key${'='.repeat(15)}`.repeat(150_000)],
    ['zeros', '\0'.repeat(4_000_000)],
  ])(
    'of %s takes no longer than other text',
    (_, text) => {
      expect(found(text, [knownKey(video), hashOnly(legacy)])).toEqual([]);
    },
    4_000,
  );
});
