import { describe, expect, it } from 'vitest';
import { Secret } from '../../src/core/secret.js';
import { writtenForms } from '../../src/match/encodings.js';
import { KnownValues } from '../../src/match/known-values.js';
import { fakeKey } from '../../src/sandbox/fake-keys.js';

const video = fakeKey('api-video', 'known values');
const org = fakeKey('cognitive3d', 'known values');

/** Of every kind that is looked for in a way of its own. */
const VALUES: readonly (readonly [string, string])[] = [
  ['long, of letters and digits', video],
  ['with a dash, and short', org],
  ['with a dash, and long', `${org}-${org}`],
  ['of letters and digits, and short', fakeKey('api-video-upload-token', 'known values')],
  ['of the shortest length that is decoded', fakeKey('vidbeo', 'known values').slice(0, 16)],
  ['shorter than what is decoded', fakeKey('vidbeo', 'known values').slice(4, 16)],
  ['with what other notations escape', `${video.slice(0, 20)}/"&<>'% +=${video.slice(20)}`],
  ['with letters of other scripts', `ключ-${video}-ü`],
  ['very long', Array.from({ length: 23 }, (_, i) => fakeKey('api-video', `part ${i}`)).join('')],
];
const SECRETS = VALUES.map(([, text]) => Secret.of(text));
const asFew = new KnownValues(SECRETS, Number.POSITIVE_INFINITY);
const asMany = new KnownValues(SECRETS, 0);

function found(values: KnownValues, bytes: Uint8Array): string[] {
  const lines: string[] = [];
  values.findAll(bytes, (value, { encoding }, from) => lines.push(`${value} ${encoding} ${from}`));
  return lines.sort();
}

const NEIGHBOURS = ['', 'x', ' ', '"', '==', '0a', 'and some words before or behind it', '\0', '\0\0'];

describe('values looked for as many', () => {
  it.each(VALUES)('are found in every written form, whatever stands around it: %s', (_, text) => {
    for (const { bytes } of writtenForms(Secret.of(text))) {
      for (const before of NEIGHBOURS) {
        for (const behind of NEIGHBOURS) {
          const around = Buffer.concat([Buffer.from(before), bytes, Buffer.from(behind)]);
          const expected = found(asFew, around);
          expect(expected.length).toBeGreaterThan(0);
          expect(found(asMany, around)).toEqual(expected);
        }
      }
    }
  });

  it.each(VALUES)('are found inside of what is encoded whole, at each alignment: %s', (_, text) => {
    for (let shift = 0; shift < 7; shift += 1) {
      const clear = Buffer.from(`${'#'.repeat(shift)}${text}; and more of it`);
      for (const encoded of [
        clear.toString('base64'),
        clear.toString('base64url'),
        clear.toString('hex'),
        `${'z'.repeat(shift)}${clear.toString('hex').toUpperCase()}`,
      ]) {
        const expected = found(asFew, Buffer.from(encoded));
        expect(expected.length).toBeGreaterThan(0);
        expect(found(asMany, Buffer.from(encoded))).toEqual(expected);
      }
    }
  });

  it.each(VALUES.map(([what, text], owner) => [what, text, owner] as const))(
    'are not found where one character differs: %s',
    (_, text, owner) => {
      for (const at of [0, 1, 2, text.length >> 1, text.length - 1]) {
        const wrong = `${text.slice(0, at)}~${text.slice(at + 1)}`;
        const around = Buffer.from(`${wrong} ${Buffer.from(wrong).toString('hex')}`);
        // Another of them may be a part of this one.
        expect(found(asMany, around)).toEqual(found(asFew, around));
        expect(found(asMany, around).filter((line) => line.startsWith(`${owner} `))).toEqual([]);
      }
    },
  );

  it('have the same longest form or a longer one, so that windows overlap enough', () => {
    expect(asMany.longest).toBeGreaterThanOrEqual(asFew.longest);
  });

  it('are all found when there are so many that the index holds few pieces of each', () => {
    const texts = Array.from({ length: 60_000 }, (_, i) =>
      `${i}x`.padEnd(40, 'QwErTyUiOpAsDfGhJk0123456789'),
    );
    const values = new KnownValues(texts.map((text) => Secret.of(text)));
    expect(values.tables()[0]?.stride).toBeLessThan(8);
    for (let i = 0; i < texts.length; i += 997) {
      const text = `in ${texts[i]} or ${Buffer.from(`:${texts[i]}`).toString('base64')}`;
      expect(found(values, Buffer.from(text)).map((line) => Number(line.split(' ')[0]))).toEqual([i, i]);
    }
  });
});
