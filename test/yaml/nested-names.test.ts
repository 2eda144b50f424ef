import { expect, it } from 'vitest';
import { dataOf, parseYaml } from '../../src/yaml/yaml-file.js';

it.each([
  ['a map', '? {a: b}\n: c\n'],
  ['a list', '? [a, b]\n: c\n'],
  ['an alias', 'a: &x b\n*x : c\n'],
  [
    'maps of aliases that multiply',
    `a: &a [x,x,x,x,x,x,x,x]\n${'bcdefghij'.replace(/./g, (c, at: number) => `? &${c} [${`*${'abcdefghi'.charAt(at)},`.repeat(8)}]\n: 1\n`)}`,
  ],
])('refuses %s as the name of a setting at once', (_, text) => {
  const yaml = parseYaml('x.yaml', text);
  expect(yaml.problems).toMatchObject([{ message: expect.stringContaining('expected names of settings') }]);
  expect(dataOf(yaml).data).toBeNull();
});
