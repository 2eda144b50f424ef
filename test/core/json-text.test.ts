import { describe, expect, it } from 'vitest';
import { jsonText } from '../../src/core/json-text.js';
import { HOSTILE_TEXTS } from '../support/hostile-text.js';

const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

describe('a line of JSON', () => {
  it('reads the same whatever it holds, and shows no character that is not seen', () => {
    const text = jsonText({ texts: HOSTILE_TEXTS, [HOSTILE_TEXTS.join('')]: 1 });
    expect(JSON.parse(text)).toEqual({ texts: HOSTILE_TEXTS, [HOSTILE_TEXTS.join('')]: 1 });
    expect(text).not.toMatch(HIDDEN);
  });

  it('keeps its lines where it is indented', () => {
    expect(jsonText({ a: [`\u202e\n`] }, 2)).toBe('{\n  "a": [\n    "\\u202e\\n"\n  ]\n}');
  });

  it.each([
    ['a control sequence in one character', 0x9b, '"\\u009b"'],
    ['a turn of the direction of writing', 0x202e, '"\\u202e"'],
    ['a tag beyond the first plane, in two halves', 0xe0041, '"\\udb40\\udc41"'],
    ['a letter, which stays', 0x6587, '"文"'],
  ])('writes %s', (_what, code, written) => {
    expect(jsonText(String.fromCodePoint(code))).toBe(written);
  });
});
