import { describe, expect, it } from 'vitest';
import type { Fact } from '../../src/core/fact.js';
import { known, unknown } from '../../src/core/fact.js';
import type { FactSpec, FactValue, JudgedSubject } from '../../src/core/vocabulary.js';
import { type Condition, ConditionCompiler } from '../../src/rules/condition.js';

const VOCABULARY: readonly FactSpec[] = [
  { name: 'key.ageDays', type: 'int', unit: 'days', meaning: 'age' },
  { name: 'key.canWrite', type: 'bool', unit: undefined, meaning: 'access' },
  { name: 'key.name', type: 'string', unit: undefined, meaning: 'name' },
  { name: 'key.allowlist', type: 'strings', unit: undefined, meaning: 'addresses' },
  { name: 'key.permissions', type: 'strings', unit: undefined, meaning: 'permissions' },
  { name: 'leak.places', type: 'int', unit: undefined, meaning: 'places' },
];
const PARAMS = [
  { name: 'days', value: 20, default: 90, unit: 'days', source: 'our judgement' },
  { name: 'names', value: ['test'], default: ['test'], unit: 'names', source: 'our judgement' },
];
const compiler = new ConditionCompiler(VOCABULARY);

function compile(text: string): Condition {
  const condition = compiler.compile(text, PARAMS);
  if ('holds' in condition) return condition;
  throw new Error(condition.message);
}

function mistakeIn(text: string): readonly [message: string, offset: number] {
  const condition = compiler.compile(text, PARAMS);
  return 'holds' in condition ? ['none', -1] : [condition.message, condition.offset];
}

function holds(text: string, facts: Readonly<Record<string, FactValue>>): boolean {
  const fact = (name: string): Fact<FactValue> => {
    const value = facts[name];
    return value === undefined ? unknown('not stated') : known(value);
  };
  const subject: JudgedSubject = {
    subject: { kind: 'key', source: 's', id: 'i' },
    owner: null,
    places: [],
    fact,
  };
  return compile(text).holds({ ...compiler.factsOf(subject), params: { days: 20n, names: ['test'] } });
}

describe('a condition', () => {
  it.each<[string, string, Readonly<Record<string, FactValue>>, boolean]>([
    ['compares numbers with params', 'key.ageDays > params.days', { 'key.ageDays': 21 }, true],
    ['compares numbers with params', 'key.ageDays > params.days', { 'key.ageDays': 20 }, false],
    ['takes a param that was overridden, not its default', 'params.days == 20', {}, true],
    ['looks into lists', '"a" in key.permissions', { 'key.permissions': ['b', 'a'] }, true],
    ['counts', 'size(key.permissions) == 0', { 'key.permissions': [] }, true],
    ['loops over a list', 'key.allowlist.exists(a, a.endsWith("/0"))', { 'key.allowlist': ['::/0'] }, true],
    [
      'says of an empty list that all of it …',
      'key.allowlist.all(a, a == "x")',
      { 'key.allowlist': [] },
      true,
    ],
    ['ignores case on demand', 'lower(key.name) in params.names', { 'key.name': 'TEST' }, true],
    ['matches globs', 'glob(key.name, "api*key?")', { 'key.name': 'api-key1' }, true],
    ['finds an address in a range', 'inCidr("192.0.2.9", "192.0.2.0/24")', {}, true],
    ['tells IPv4 from IPv6', 'inCidr("192.0.2.9", "::/0")', {}, false],
    ['sees through IPv4-mapped addresses', 'inCidr("::ffff:192.0.2.9", "192.0.2.0/24")', {}, true],
  ])('%s: %s', (_what, text, facts, expected) => {
    expect(holds(text, facts)).toBe(expected);
  });

  it('names the facts and params that it reads, sorted and once', () => {
    const { facts, params } = compile('key.canWrite && key.ageDays > params.days && key.ageDays < 900');
    expect({ facts, params }).toEqual({ facts: ['key.ageDays', 'key.canWrite'], params: ['days'] });
  });

  it.each([
    ['a fact that it reads is not known', 'key.ageDays > 3'],
    ['an address is none', 'inCidr(key.name, "192.0.2.0/24")'],
    ['a range is none', 'inCidr("192.0.2.1", "192.0.2.0/33")'],
    ['an address is written in a short form', 'inCidr("10.1", "10.0.0.0/8")'],
    ['a number gets too large', '9223372036854775807 + key.ageDays > 0'],
  ])('throws rather than answers when %s', (_what, text) => {
    const facts =
      text.includes('ageDays >') && text.startsWith('key') ? {} : { 'key.name': 'x', 'key.ageDays': 1 };
    expect(() => holds(text, facts)).toThrow();
  });
});

describe('a mistake in a condition', () => {
  it.each<[string, string, string, number]>([
    ['a typo in a fact', 'key.ageDay > 3', 'there is no fact key.ageDay; did you mean key.ageDays?', 0],
    [
      'a typo in a namespace',
      'true || keys.ageDays > 3',
      'there is no fact keys.ageDays; did you mean key.ageDays?',
      8,
    ],
    ['a typo in a param', 'key.ageDays > params.dayz', 'there is no param dayz; did you mean days?', 14],
    [
      'a typo in a function',
      'sise(key.permissions) > 0',
      'the function sise is not offered; did you mean size?',
      0,
    ],
    ['numbers that are compared with texts', 'key.ageDays > "3"', 'no such overload: int > string', 0],
    ['an answer that is no yes or no', 'key.ageDays', 'must answer true or false; this answers int', 0],
    ['an end in the middle', 'key.ageDays >', 'Unexpected token: EOF', 13],
    ['a whole namespace', 'size(key) > 0', 'name one fact, such as key.…', 5],
    ['an unknown word', 'foo', 'there is no foo', 0],
  ])('%s is told with its place', (_what, text, message, offset) => {
    expect(mistakeIn(text)).toEqual([message, offset]);
  });
});

describe('a hostile condition', () => {
  const nested = `${'('.repeat(60)}true${')'.repeat(60)}`;
  it.each([
    ['a regular expression', 'key.name.matches("(a+)+$")'],
    ['a regular expression as a function', 'matches(key.name, "(a+)+$")'],
    ['a name for a value that doubles', 'cel.bind(x, key.allowlist + key.allowlist, size(x + x) > 0)'],
    ['a loop inside a loop', 'key.allowlist.exists(a, [1].exists(b, b == 1))'],
    ['a loop that reads another list', 'key.allowlist.exists(a, a in key.permissions)'],
    ['a loop that builds a list', 'size(key.allowlist.map(a, a)) > 0'],
    ['a loop variable that hides a fact', '["x"].exists(key, key == "x")'],
    ['an escape from the types', 'dyn(key.ageDays) == "x"'],
    ['a field of a value', 'key.name.constructor == "x"'],
    ['a field by computed name', 'key["ageDays"] > 1'],
    ['an index into a list', 'key.allowlist[0] == "x"'],
    ['joined texts', '["a"].join("x") == "a"'],
    ['multiplication', 'key.ageDays * 2 > 3'],
    ['a map', 'size({"a": 1}) > 0'],
    ['too many terms', `${'key.ageDays > 1 || '.repeat(80)}true`],
    ['too many list elements', `key.ageDays in [${'1, '.repeat(90)}1]`],
    ['a very long text', `key.name == "${'a'.repeat(3_000)}"`],
    ['the prototype', 'params.__proto__ == "x"'],
  ])('with %s is refused', (_what, text) => {
    expect('holds' in compiler.compile(text, PARAMS)).toBe(false);
  });

  it('with deep brackets is read or refused, but ends', () => {
    expect(() => compiler.compile(nested, PARAMS)).not.toThrow();
  });

  it('takes a bounded time over the longest values that facts may have', () => {
    const name = 'ab'.repeat(5_000);
    const list = Array.from({ length: 10_000 }, (_, index) => `${name.slice(0, 100)}${index}`);
    const start = performance.now();
    holds('glob(key.name, "*a*b*a*b*a*b*a*c")', { 'key.name': name });
    holds('key.allowlist.all(a, a.contains("abc") || !glob(a, "*a*a*a*a*x"))', { 'key.allowlist': list });
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});
