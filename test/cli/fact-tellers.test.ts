import { describe, expect, it } from 'vitest';
import { factTellers } from '../../src/cli/fact-tellers.js';
import { VOCABULARY } from '../../src/facts/index.js';
import { PROVIDERS } from '../../src/providers/index.js';

const tellers = factTellers(PROVIDERS);

describe('which vendors can tell a fact', () => {
  it.each([
    ['key.vendor', 'all'],
    ['key.canWrite', 'all'],
    ['key.anyAddress', 'all'],
    // Declared by people, so no vendor stands in the way.
    ['key.ownerDeclared', 'all'],
    ['key.unusedDays', 'none of them'],
    ['key.allowlist', 'vidbeo'],
    ['key.networkWidened', 'vidbeo'],
    ['key.unapprovedEntries', 'vidbeo'],
    ['key.format', 'cognitive3d'],
    ['key.ageDays', 'api-video (not admin key), vidbeo, cognitive3d'],
    ['key.project', 'api-video (not admin key)'],
    ['key.twins', 'api-video, cognitive3d'],
    ['project.idle', 'api-video'],
  ])('%s: %s', (fact, expected) => {
    expect(tellers.get(fact)).toBe(expected);
  });

  it('is said of every fact about keys and projects', () => {
    const names = [...VOCABULARY.key, ...VOCABULARY.source].map(({ name }) => name);
    expect(names.filter((name) => !tellers.has(name))).toEqual([]);
  });
});
