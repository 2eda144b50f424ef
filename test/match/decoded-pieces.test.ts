import { describe, expect, it } from 'vitest';
import { decodedPieces, leastBase64 } from '../../src/match/decoded-pieces.js';

const MIN = 20;
const clear = 'a text of no less than twenty bytes';
const decoded = (text: string | Buffer): string[] =>
  [...decodedPieces(Buffer.from(text), MIN)].map((piece) => Buffer.from(piece).toString('latin1'));
/** The edges of base64 may cut into the first two bytes and the last one. */
const core = clear.slice(2, -1);

describe('decodedPieces', () => {
  it.each([
    ['base64', Buffer.from(clear).toString('base64')],
    ['base64 behind other characters of it', `x${Buffer.from(clear).toString('base64')}`],
    ['base64 that began earlier', Buffer.from(`##${clear}`).toString('base64')],
    ['base64 for addresses', Buffer.from(`??>${clear}`).toString('base64url')],
    ['hex', Buffer.from(clear).toString('hex')],
    ['hex in capitals, behind a digit of it', `A${Buffer.from(clear).toString('hex').toUpperCase()}`],
    ['two bytes a character', Buffer.from(clear, 'utf16le')],
    ['two bytes a character, the upper one first', Buffer.from(clear, 'utf16le').swap16()],
  ])('shows what stands in %s', (_, text) => {
    const around = Buffer.concat([Buffer.from('("'), Buffer.from(text), Buffer.from('")')]);
    expect(decoded(around).some((piece) => piece.includes(core))).toBe(true);
  });

  it('shows nothing of ordinary text', () => {
    expect(decoded('short words, and a path/of/some, 0123456789abcdef and --------\n'.repeat(20))).toEqual(
      [],
    );
  });

  it.each([16, 17, 18, 43])(
    'counts the characters that %i bytes decide alone at the worst alignment',
    (bytes) => {
      // Behind one unknown byte, the first two sextets hold bits of it; what is left at the end is no whole one.
      const whole = [0, 1, 2].map(
        (shift) => Math.floor((8 * (shift + bytes)) / 6) - Math.ceil((8 * shift) / 6),
      );
      expect(leastBase64(bytes)).toBeLessThanOrEqual(Math.min(...whole));
    },
  );
});
