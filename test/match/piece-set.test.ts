import { describe, expect, it } from 'vitest';
import { Secret } from '../../src/core/secret.js';
import { PieceSet } from '../../src/match/piece-set.js';
import { createRedactor } from '../../src/match/redactor.js';
import { type FakeKeyKind, fakeKey } from '../../src/sandbox/fake-keys.js';

function stretches(texts: readonly string[], shortestPiece: number, searched: string): readonly string[] {
  const set = new PieceSet(texts.map((text) => ({ bytes: Buffer.from(text), shortestPiece })));
  const found: string[] = [];
  set.findAll(Buffer.from(searched), (from, to) => found.push(searched.slice(from, to)));
  return [...new Set(found)];
}

describe('PieceSet', () => {
  it.each<[string, string, number, string, readonly string[]]>([
    ['a piece of the shortest length', 'abcdefghijklmnop', 9, '<cdefghijk>', ['cdefghijk']],
    ['the whole stretch around it', 'abcdefghijklmnop', 9, '<bcdefghijklmno>', ['bcdefghijklmno']],
    [
      'the beginning and the end',
      'abcdefghijklmnop',
      12,
      'abcdefghijkl-efghijklmnop',
      ['abcdefghijkl', 'efghijklmnop'],
    ],
    ['nothing that is shorter', 'abcdefghijklmnop', 9, 'abcdefgh ijklmnop', []],
    ['nothing in a text that is too short', 'abcd', 9, 'abcdabcdabcd', []],
  ])('finds %s', (_case, text, shortestPiece, searched, expected) => {
    expect(stretches([text], shortestPiece, searched)).toEqual(expected);
  });

  it('finds pieces at every offset, of every length, of every text', () => {
    const texts = [fakeKey('api-video', 'pieces a'), fakeKey('vidbeo', 'pieces b')];
    for (const text of texts) {
      for (let at = 0; at + 18 <= text.length; at += 1) {
        const piece = text.slice(at, at + 18);
        expect(stretches(texts, 18, `"${piece}"`)).toEqual([piece]);
      }
    }
  });
});

const KINDS = ['api-video', 'vidbeo', 'cognitive3d', 'cognitive3d-legacy', 'github'] satisfies FakeKeyKind[];

/** Nine characters of the key, in a form that takes `factor` times as many. */
const WINDOWS: Readonly<Record<string, (piece: string) => string>> = {
  'as it is': (piece) => piece,
  reversed: (piece) => Array.from(piece).toReversed().join(''),
  'in hex': (piece) => Buffer.from(piece).toString('hex'),
  'in UTF-16': (piece) => Buffer.from(piece, 'utf16le').toString('latin1'),
};

describe('a piece of more than 8 characters', () => {
  it.each(KINDS.flatMap((kind) => Object.keys(WINDOWS).map((form) => [kind, form] as const)))(
    'of a key of %s is blotted out %s, wherever it is cut',
    (kind, form) => {
      const key = fakeKey(kind, 'piecewise');
      const redactor = createRedactor([Secret.of(key)]);
      const head = /^(?:orgkey-|FAKE_github_)/.exec(key)?.[0].length ?? 0;
      for (let at = head; at + 9 <= key.length; at += 1) {
        const piece = WINDOWS[form]?.(key.slice(at, at + 9)) ?? '';
        expect(redactor.redact(`a ${piece} b`)).toBe('a [redacted] b');
      }
    },
  );

  it.each([0, 1, 2])('is blotted out of base64 that is cut off, behind %i other bytes', (shift) => {
    const key = fakeKey('api-video', 'cut base64');
    const redactor = createRedactor([Secret.of(key)]);
    const text = Buffer.from('xx'.slice(0, shift) + key).toString('base64');
    for (let at = 4; at + 12 <= text.length - 4; at += 1) {
      expect(redactor.redact(`"${text.slice(at, at + 12)}…"`)).toBe('"[redacted]…"');
    }
  });

  it.each([
    'the development team of api-video is on holiday',
    'orgkey- is what a key begins with, FAKE_github_ another',
    'pack-3f2a9c0d1e',
  ])('costs no other text a letter: %s', (text) => {
    const secrets = [...KINDS.map((kind) => fakeKey(kind, 'piecewise')), 'api-video-development-team'];
    expect(createRedactor(secrets.map((value) => Secret.of(value))).redact(text)).toBe(text);
  });
});
