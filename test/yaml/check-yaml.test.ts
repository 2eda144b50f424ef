import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { problemText } from '../../src/core/errors/problem.js';
import { fakeKey } from '../../src/sandbox/fake-keys.js';
import { checkYaml } from '../../src/yaml/check-yaml.js';

const schema = z.strictObject({
  version: z.literal(1),
  days: z.number().int().optional(),
  list: z.array(z.strictObject({ id: z.string(), kind: z.enum(['read', 'write']).optional() })).default([]),
});

function problemsOf(text: string): string[] {
  const checked = checkYaml({ file: 'a.yaml', text }, schema);
  return checked.ok ? [] : checked.problems.map(problemText);
}

describe('checkYaml', () => {
  it('gives the data and where each value stands', () => {
    const checked = checkYaml({ file: 'a.yaml', text: 'version: 1\nlist:\n  - id: x\n' }, schema);
    expect(checked).toMatchObject({ ok: true, data: { version: 1, list: [{ id: 'x' }] } });
    expect(checked.ok && checked.at(['list', 0, 'id'])).toEqual({ line: 3, column: 9 });
  });

  it('names all mistakes of a file in one run, in reading order', () => {
    const text = 'version: 2\ndays: many\nlist:\n  - kind: raed\n    idd: x\n  - id: 7\n';
    expect(problemsOf(text)).toEqual([
      'a.yaml:1:10: version: expected 1',
      'a.yaml:2:7: days: expected number, found string',
      'a.yaml:4:5: list[0].id: expected string, found nothing',
      'a.yaml:4:11: list[0].kind: expected one of "read"|"write"',
      'a.yaml:5:5: list[0]: unknown setting "idd"; did you mean id?',
      'a.yaml:6:9: list[1].id: expected string, found number',
    ]);
  });

  it.each([
    ['broken YAML', 'version: 1\nlist: [a\n'],
    ['a key twice', 'version: 1\nversion: 1\n'],
    ['a tab as indentation', 'version: 1\nlist:\n\t- id: x\n'],
    ['an alias without an anchor', 'version: *x\n'],
    ['an alias bomb', aliasBomb()],
  ])('refuses %s', (_case, text) => {
    expect(problemsOf(text).length).toBeGreaterThan(0);
  });
});

describe('a file made to exhaust its reader', () => {
  const DEEP = 100_000;
  it.each([
    ['lists', '['.repeat(DEEP)],
    ['closed lists', '['.repeat(DEEP) + ']'.repeat(DEEP)],
    ['maps', '{"a":'.repeat(DEEP)],
    ['lists of a dash', '- '.repeat(DEEP)],
    ['maps without brackets', 'a: '.repeat(DEEP)],
    ['names that are maps', '? '.repeat(DEEP)],
    ['indented maps', Array.from({ length: 1_000 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
  ])('is refused by its depth when it nests %s, before the stack is used up', (_case, text) => {
    expect(problemsOf(text)).toContain('a.yaml:1:1: expected at most 64 levels of nesting, found more');
  });

  it('may have long lines and many brackets beside each other', () => {
    const list = Array.from({ length: 1_000 }, (_, i) => `{id: n${i}}`).join(', ');
    expect(problemsOf(`version: 1\nlist: [${list}]\n`)).toEqual([]);
  });

  it('takes time in proportion to its names, and tells the first hundred unknown ones', () => {
    const text = Array.from({ length: 20_000 }, (_, i) => `name${i}: 1`).join('\n');
    const start = performance.now();
    expect(problemsOf(text)).toHaveLength(101);
    expect(performance.now() - start).toBeLessThan(5_000);
  });

  it('is refused when its names would trip up a check', () => {
    expect(problemsOf('version: 1\nlist:\n  - id: { length: { toString: 1 } }\n')).toEqual([
      'a.yaml:1:1: expected no setting named toString or valueOf, found one',
    ]);
  });

  it('has every name twice found, wherever it stands', () => {
    expect(problemsOf('version: 1\nlist:\n  - id: x\n    "id": y\n')).toEqual([
      'a.yaml:4:5: Map keys must be unique',
    ]);
  });

  it('writes nothing past the caller when a map is the name of a setting', () => {
    const warned: unknown[] = [];
    const hear = (warning: unknown): unknown => warned.push(warning);
    process.on('warning', hear);
    expect(problemsOf('? {a: 1}\n: 2\n').length).toBeGreaterThan(0);
    return new Promise((resolve) => setImmediate(resolve)).then(() => {
      process.off('warning', hear);
      expect(warned).toEqual([]);
    });
  });
});

function aliasBomb(): string {
  const levels = Array.from({ length: 9 }, (_, i) => `l${i + 1}: &l${i + 1} [${`*l${i},`.repeat(9)}]`);
  return ['l0: &l0 [x]', ...levels].join('\n');
}

describe('a literal secret in a file', () => {
  it.each([
    ['an api.video key', fakeKey('api-video', 'literal')],
    ['a Vidbeo key', fakeKey('vidbeo', 'literal')],
    ['a Cognitive3D key', fakeKey('cognitive3d', 'literal')],
    [
      'a Cognitive3D key of the old format',
      `APIKEY:ORGANIZATION ${fakeKey('cognitive3d-legacy', 'literal')}`,
    ],
    ['an upload token', fakeKey('api-video-upload-token', 'literal')],
    ['a password in a URL', `https://user:${fakeKey('vidbeo', 'url')}@example.com`],
  ])('is a mistake that names the line and not the value: %s', (_case, value) => {
    for (const text of [
      `version: 1\n# was ${value}\n`,
      `version: 1\ndays: "${value}"\n`,
      `version: 1\n"${value}": 1\n`,
    ]) {
      const problems = problemsOf(text);
      expect(problems.join('\n')).toMatch(/a\.yaml:2:\d+: expected a reference/);
      expect(problems.join('\n')).not.toContain(value.slice(-12));
    }
  });

  it.each([
    ['a key id', 'api_key_1A2b3C4d5E6f7G8h9J1K2L'],
    ['a user id', 'abcde12345abcde12345a'],
    ['a fingerprint', `kf1:43:${'0123456789abcdef'.repeat(4)}`],
    ['a long name of words', 'the-very-long-name-of-a-repository-of-2024'],
    ['a range of addresses', '2001:db8:1234:5678::/64'],
  ])('is not %s', (_case, value) => {
    expect(problemsOf(`version: 1\n# ${value}\n`)).toEqual([]);
  });
});
