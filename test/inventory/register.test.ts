import { describe, expect, it } from 'vitest';
import { readRegister } from '../../src/inventory/register.js';

const read = (text: string) => readRegister({ file: 'audit.keys.yaml', text });

describe('the key register', () => {
  it('finds what is written down about a key by source and id, with its line', () => {
    const register = read(
      'version: 1\nkeys:\n  # ours\n  - source: video-prod\n    id: api_key_a\n    owner: team-a\n    access: read\n    reviewBy: 2026-12-01\n',
    );
    expect(register.entries.get('video-prod/api_key_a')).toEqual({
      owner: 'team-a',
      system: undefined,
      purpose: undefined,
      access: 'read',
      environment: undefined,
      reviewBy: '2026-12-01T00:00:00.000Z',
      expires: undefined,
      status: undefined,
      at: { file: 'audit.keys.yaml', line: 4 },
    });
  });

  it('is empty when no key is written down', () => {
    expect(read('version: 1\n').entries.size).toBe(0);
  });

  it.each([
    ['a key twice', 'version: 1\nkeys:\n  - {source: a, id: b}\n  - {source: a, id: b}\n', /:4:5: .*line 3/],
    [
      'a date that does not exist',
      'version: 1\nkeys:\n  - {source: a, id: b, reviewBy: 2026-02-30}\n',
      /:3:\d+: .*date/,
    ],
    ['an unknown status', 'version: 1\nkeys:\n  - {source: a, id: b, status: dead}\n', /:3:\d+: .*active/],
    ['another version', 'version: 7\n', /:1:10: version/],
  ])('refuses %s and says where', (_case, text, expected) => {
    expect(() => read(text)).toThrow(expected);
  });
});
