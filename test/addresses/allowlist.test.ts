import { describe, expect, it } from 'vitest';
import { readAllowlist, widestPrefix } from '../../src/addresses/allowlist.js';

describe('a list that covers everything', () => {
  it.each<[readonly string[], boolean]>([
    [[], false],
    [['0.0.0.0/0'], true],
    [['::/0'], true],
    [['203.0.113.9/0'], true],
    [['::ffff:0:0/96'], true],
    [['0.0.0.0/1', '128.0.0.0/1'], true],
    [['128.0.0.0/1', '0.0.0.0/1', '8.8.8.8'], true],
    [['0.0.0.0/1', '128.0.0.0/2', '192.0.0.0/2'], true],
    [['0.0.0.0/1'], false],
    [['0.0.0.0/1', '128.0.0.0/2', '192.0.0.0/3'], false],
    [['0.0.0.0/1', '8000::/1'], false],
    [['::/1', '8000::/1'], true],
    [['1.0.0.0/8', '0.0.0.0/8'], false],
    [['office', '0.0.0.0/0'], true],
  ])('%j: %s', (texts, expected) => {
    expect(readAllowlist(texts).coversAll).toBe(expected);
  });
});

describe('the entries of a list', () => {
  const list = readAllowlist([
    '8.8.8.0/24',
    '8.8.8.8',
    'office',
    '8.8.8.9/24',
    '9.9.9.9',
    '::ffff:9.9.9.9',
    '2a00::/16',
    '2a00:1450::/32',
  ]);

  it('that are no addresses are told as written', () => {
    expect(list.unreadable).toEqual(['office']);
  });

  it('with bits behind the prefix are told', () => {
    expect(list.hostBits).toEqual(['8.8.8.9/24']);
  });

  it('that repeat an earlier one are told, in whatever form they are written', () => {
    expect(list.duplicates).toEqual(['8.8.8.9/24', '::ffff:9.9.9.9']);
  });

  it('that lie inside of a wider one are told', () => {
    expect(list.covered).toEqual(['8.8.8.8', '2a00:1450::/32']);
  });

  it('have a widest prefix in each family', () => {
    expect([widestPrefix(list, 4), widestPrefix(list, 6)]).toEqual([24, 16]);
    expect([widestPrefix(readAllowlist([]), 4), widestPrefix(readAllowlist([]), 6)]).toEqual([32, 128]);
  });
});
