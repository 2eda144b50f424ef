import { describe, expect, it } from 'vitest';
import { keysInArguments } from '../../src/cli/keys-in-arguments.js';
import { fakeKey, type FakeKeyKind } from '../../src/sandbox/fake-keys.js';

const KEY = fakeKey('vidbeo', 'typed');
const found = (argv: readonly string[], there: readonly string[] = []): number =>
  keysInArguments(argv, (path) => there.includes(path)).length;

describe('a key on the command line', () => {
  it.each([
    ['in place of a file', ['audit', '--config', KEY]],
    ['joined to its option', ['audit', `--config=${KEY}`]],
    ['in place of a rule', ['rules', 'explain', KEY]],
    ['in place of an option', ['audit', `--${KEY}`]],
  ])('is known as one %s', (_where, argv) => {
    expect(found(argv)).toBe(1);
  });

  it.each<FakeKeyKind>([
    'api-video',
    'api-video-upload-token',
    'vidbeo',
    'cognitive3d',
    'cognitive3d-legacy',
    'github',
  ])('is known as one of %s', (kind) => {
    expect(found([fakeKey(kind, 'typed')])).toBe(1);
  });

  it.each([
    [
      'a command, options and a day',
      ['audit', '--as-of', '2026-11-15', '--write-register', '--format=sarif,markdown'],
    ],
    ['a path', ['leaks', '/srv/build/4f9a0c2b7d1e/a1b2c3d4e5f6a7b8c9d0']],
    ['an address', ['leaks', 'https://github.com/acme/a1b2c3d4e5f6a7b8c9d0']],
    ['a rule', ['rules', 'explain', 'scope-organization-write']],
  ])('is not what is %s', (_what, argv) => {
    expect(found(argv)).toBe(0);
  });

  it('is not the name of a folder that is there', () => {
    expect(found(['leaks', 'a1b2c3d4e5f6a7b8c9d0'], ['a1b2c3d4e5f6a7b8c9d0'])).toBe(0);
  });
});
