import { describe, expect, it } from 'vitest';
import { isMachineMade, publicHead } from '../../src/match/machine-made.js';
import { fakeKey } from '../../src/sandbox/fake-keys.js';

const behindHead = (key: string): string => key.slice(publicHead(key).length);

describe('isMachineMade', () => {
  it.each([
    'correct horse battery staple',
    'CorrectHorseBatteryStaple of nineteen sixty-four',
    'api-video-development-2024',
    '',
  ])('takes words for words: %j', (text) => {
    expect(isMachineMade(text)).toBe(false);
  });

  it('knows keys of every vendor: 200 of each', () => {
    const kinds = [
      'api-video',
      'api-video-upload-token',
      'vidbeo',
      'cognitive3d',
      'cognitive3d-legacy',
    ] as const;
    const seeds = Array.from({ length: 200 }, (_, i) => String(i));
    const missed = kinds.flatMap((kind) =>
      seeds.filter((seed) => !isMachineMade(behindHead(fakeKey(kind, seed)))),
    );
    expect(missed).toEqual([]);
  });
});

describe('publicHead', () => {
  it.each([
    [fakeKey('cognitive3d', 'head'), 'orgkey-'],
    [fakeKey('github', 'head'), 'FAKE_github_'],
    [fakeKey('api-video', 'head'), ''],
    ['1a-2b-3c', ''],
    [`${'long-words-'.repeat(4)}1`, 'long-words-long-'],
  ])('of %s is %j', (text, head) => {
    expect(publicHead(text)).toBe(head);
  });
});
