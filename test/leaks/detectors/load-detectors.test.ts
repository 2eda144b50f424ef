import { describe, expect, it } from 'vitest';
import { loadDetectors, parseDetector } from '../../../src/leaks/detectors/load-detectors.js';

const VALID = `id: some-key
vendor: some
title: Some key
confidence: high
keywords: [some-]
search: { kind: prefix }
shape: { alphabet: token, minLength: 12, maxLength: 20 }
examples: { positive: [a], negative: [b] }
`;

describe('parseDetector', () => {
  it('reads a detector and fills in what may be left out', () => {
    expect(parseDetector(VALID, 'f.yaml')).toMatchObject({
      id: 'some-key',
      minEntropy: 0,
      placeholders: [],
      file: 'f.yaml',
    });
  });

  it.each([
    ['an unknown kind of search', VALID.replace('prefix', 'regex'), 6],
    ['a keyword in upper case', VALID.replace('some-]', 'SOME-]'), 5],
    ['a keyword that stands everywhere', VALID.replace('some-]', 'a]'), 5],
    ['an unknown field', `${VALID}pattern: '.*'\n`, 1],
    ['text that is no YAML', 'id: [', 1],
    ['no examples', VALID.replace('positive: [a]', 'positive: []'), 8],
  ])('names file and line of %s', (_, text, line) => {
    expect(parseDetector(text, 'f.yaml')).toMatchObject([{ file: 'f.yaml', line }]);
  });
});

describe('loadDetectors', () => {
  it('gives the shipped detectors in the order of their ids', async () => {
    const ids = (await loadDetectors(['rules/detectors'])).map(({ id }) => id);
    expect(ids).toEqual([...ids].sort());
    expect(ids.length).toBeGreaterThanOrEqual(9);
  });

  it('refuses an id that is there twice', async () => {
    await expect(loadDetectors(['rules/detectors', 'rules/detectors'])).rejects.toThrow(
      'found "vidbeo-key" again',
    );
  });
});
