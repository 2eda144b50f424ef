import { describe, expect, it } from 'vitest';
import { MAX_DEPTH, parseJson } from '../../src/http/parse-json.js';

const bytes = (text: string): Uint8Array => Buffer.from(text);

describe('parseJson', () => {
  it.each(['{"a": [1, "x"]}', '"["', JSON.stringify('\\" [[[ {{{'.repeat(50)), 'null'])(
    'reads %s',
    (text) => {
      expect(parseJson(bytes(text))).toEqual({ ok: true, value: JSON.parse(text) as unknown });
    },
  );

  it.each([
    ['nothing', '', 'an empty body'],
    ['half of an answer', '{"a": [', 'no valid JSON'],
    ['two answers', '{}{}', 'no valid JSON'],
  ])('refuses %s', (_name, text, problem) => {
    expect(parseJson(bytes(text))).toEqual({ ok: false, problem });
  });

  it('refuses bytes that are not UTF-8', () => {
    expect(parseJson(Uint8Array.of(0x22, 0xff, 0x22))).toEqual({ ok: false, problem: 'no valid JSON' });
  });

  it('allows the deepest nesting, and one more not', () => {
    const nested = (depth: number): Uint8Array => bytes('['.repeat(depth) + ']'.repeat(depth));
    expect(parseJson(nested(MAX_DEPTH)).ok).toBe(true);
    expect(parseJson(nested(MAX_DEPTH + 1))).toMatchObject({ ok: false });
    expect(parseJson(nested(200_000))).toMatchObject({ ok: false });
  });

  // Zod compares lengths before it knows that it has a text or a list, and so called what stood in their place.
  it.each(['{"name": {"length": {"toString": 1}}}', '[{"a": [{"valueOf": null}]}]'])(
    'refuses %s, on which a check would trip',
    (text) => {
      expect(parseJson(bytes(text))).toEqual({
        ok: false,
        problem: 'JSON with a field name that no answer has',
      });
      expect(parseJson(bytes('{"name": "toString", "of": ["valueOf"]}')).ok).toBe(true);
    },
  );

  it('gives a key named __proto__ no power', () => {
    const parsed = parseJson(bytes('{"__proto__": {"polluted": true}}'));
    expect(parsed.ok).toBe(true);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});
