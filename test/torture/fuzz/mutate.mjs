// Makes broken and hostile inputs out of good ones.

/** What breaks readers: signs of the languages that are read, odd numbers, names of prototypes, characters that mislead. */
const TOKENS = [
  ...Array.from('{}[]()<>,:;"\'`\\|&*!?%@#-+=~^$\n\t\r\0 ./0'),
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'null',
  'true',
  'false',
  '~',
  '""',
  '[]',
  '{}',
  '{"__proto__":{"polluted":1}}',
  '-0',
  '1e400',
  '-1',
  '9007199254740993',
  '99999999999999999999999999',
  '0x1f',
  '.inf',
  '.nan',
  '1.5',
  '&a ',
  '*a',
  '<<: *a',
  '!!binary ',
  '!!js/function ',
  '!<tag:x> ',
  '- ',
  ': ',
  '? ',
  '---\n',
  '...\n',
  '%YAML 1.1\n',
  '|2-\n',
  '>+\n',
  '  ',
  '\u202e',
  '\u2066',
  '\u200b',
  '\ufeff',
  '\u2028',
  '\ud800',
  '\udfff',
  '\u{1f600}',
  '\u001b[31m',
  '\u0007',
  '../',
  'file:///',
  'https://',
  'http://[::1]',
  '::/0',
  '0.0.0.0/0',
  '2026-02-30',
  '9999-12-31T23:59:59Z',
  '\\u0000',
  '\\ud800',
];

/** A text that was changed in a few places, or joined from two. */
export function mutateText(text, random, others) {
  let result = text;
  for (let left = 1 + random.below(4); left > 0; left -= 1) result = changeOnce(result, random, others);
  return result.length > 20_000 ? result.slice(0, 20_000) : result;
}

function changeOnce(text, random, others) {
  const at = random.below(text.length + 1);
  const to = Math.min(text.length, at + 1 + random.below(random.chance(1, 4) ? 60 : 4));
  const [before, piece, after] = [text.slice(0, at), text.slice(at, to), text.slice(to)];
  const token = random.pick(TOKENS);
  switch (random.below(8)) {
    case 0:
      return before + after;
    case 1:
      return before + token + after;
    case 2:
      return before + token + piece + after;
    case 3:
      return before + piece.repeat(1 + random.below(6)) + after;
    case 4:
      return before + token.repeat(1 + random.below(random.chance(1, 20) ? 200 : 8)) + piece + after;
    case 5:
      return before + String.fromCharCode(random.below(random.chance(1, 3) ? 65_536 : 128)) + after;
    case 6: {
      const other = random.pick(others);
      const from = random.below(other.length);
      return before + other.slice(from, from + random.below(80)) + after;
    }
    default: {
      const from = random.below(text.length + 1);
      return before + text.slice(from, from + 1 + random.below(40)) + piece + after;
    }
  }
}

/** Values of other types than anybody expects. */
const VALUES = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  1e308,
  Number('9007199254740993'),
  '',
  ' ',
  'x',
  '__proto__',
  '\u202egnp.exe',
  '\u001b[2J',
  '<img src=x onerror=alert(1)>',
  '=1+1',
  '](javascript:1)',
  '2026-01-01',
  '2026-02-30T00:00:00Z',
  'a'.repeat(300),
  [],
  {},
  [[]],
  [null],
  [{}],
  { length: 3 },
  { toString: 1 },
  { constructor: { prototype: { polluted: 1 } } },
  JSON.parse('{"__proto__":{"polluted":1}}'),
];
const NAMES = ['__proto__', 'constructor', 'toString', 'then', 'length', '', 'id', 'value', '\0'];

/** A copy of a value in which a few places hold something else. */
export function mutateValue(value, random) {
  let copy = structuredClone(value);
  for (let left = 1 + random.below(3); left > 0; left -= 1) copy = replaceSomewhere(copy, random);
  return copy;
}

function replaceSomewhere(value, random) {
  if (typeof value !== 'object' || value === null || random.chance(1, 12))
    return structuredClone(random.pick(VALUES));
  const names = Object.keys(value);
  if (names.length === 0 || random.chance(1, 10)) return added(value, random);
  const name = random.pick(names);
  if (random.chance(1, 6)) {
    if (Array.isArray(value)) value.splice(Number(name), 1);
    else delete value[name];
    return value;
  }
  define(value, name, replaceSomewhere(value[name], random));
  return value;
}

function added(value, random) {
  const more = structuredClone(random.pick(VALUES));
  if (Array.isArray(value)) value.push(more, ...value.slice(0, random.below(3)));
  else define(value, random.pick(NAMES), more);
  return value;
}

/** Also where the name is `__proto__`: as JSON.parse does. */
const define = (object, name, value) =>
  Object.defineProperty(object, name, { value, enumerable: true, writable: true, configurable: true });

/** JSON of a changed value, or its text changed: about half and half. */
export function mutateJson(seeds, random) {
  const value = random.pick(seeds);
  if (random.chance(1, 2)) return JSON.stringify(mutateValue(value, random));
  const text = JSON.stringify(value);
  return mutateText(text, random, [text]);
}

export function mutateBytes(bytes, random) {
  const copy = Buffer.from(bytes);
  for (let left = 1 + random.below(8); left > 0; left -= 1) {
    const at = random.below(copy.length);
    const way = random.below(4);
    if (way < 2) copy[at] = random.below(256);
    else if (way === 2) copy[at] ^= 1 << random.below(8);
    else copy.fill(random.pick([0, 1, 127, 128, 255]), at, Math.min(copy.length, at + 1 + random.below(8)));
  }
  if (random.chance(1, 6)) return copy.subarray(0, random.below(copy.length + 1));
  return random.chance(1, 10) ? Buffer.concat([copy, copy.subarray(random.below(copy.length))]) : copy;
}
