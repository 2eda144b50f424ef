import { expect, it } from 'vitest';
import { matchesGlob } from '../../src/github/name-glob.js';

it.each([
  ['acme/archive-*', 'acme/archive-2020', true],
  ['acme/archive-*', 'acme/archive-', true],
  ['acme/archive-*', 'acme/my-archive-2020', false],
  ['ACME/Web', 'acme/web', true],
  ['*/web', 'acme/web', true],
  ['*', 'acme/web', false],
  ['*/*', 'acme/web', true],
  ['acme/w?b', 'acme/web', true],
  ['acme?web', 'acme/web', false],
  ['acme/*-*-end', 'acme/a-b-c-end', true],
  ['acme/*-x-*', 'acme/a-y-b', false],
  ['acme/web', 'acme/web2', false],
  ['acme/w.b', 'acme/web', false],
])('%s against %s: %s', (pattern, name, expected) => {
  expect(matchesGlob(pattern, name)).toBe(expected);
});

it('takes no long time for any pattern', () => {
  const pattern = `acme/${'*a'.repeat(90)}b`;
  expect(matchesGlob(pattern, `acme/${'a'.repeat(95)}`)).toBe(false);
});
