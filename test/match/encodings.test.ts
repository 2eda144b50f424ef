import { describe, expect, it } from 'vitest';
import { Secret } from '../../src/core/secret.js';
import { writtenForms } from '../../src/match/encodings.js';
import { LiteralSet } from '../../src/match/literal-set.js';
import { fakeKey } from '../../src/sandbox/fake-keys.js';

const key = fakeKey('api-video', 'encodings');

function encodingsIn(bytes: Uint8Array, text = key): string[] {
  const forms = writtenForms(Secret.of(text));
  const found = new Set<string>();
  new LiteralSet(forms.map((form) => form.bytes)).findAll(bytes, (index) => {
    const form = forms[index];
    if (form !== undefined) found.add(form.encoding);
  });
  return [...found].sort();
}

const base64 = (text: string): Buffer => Buffer.from(Buffer.from(text).toString('base64'));

describe('writtenForms', () => {
  it.each([
    ['as it is', Buffer.from(`key=${key};`), 'plain'],
    ['base64 from the first byte', base64(`${key} and more`), 'base64'],
    ['base64 behind one byte', base64(`x${key} and more`), 'base64'],
    ['base64 behind two bytes', base64(`xy${key}`), 'base64'],
    ['base64 in the middle of a long text', base64(`${'é'.repeat(100)}${key}${'z'.repeat(50)}`), 'base64'],
    ['the header of Basic authentication', base64(`${key}:`), 'basic-auth'],
    ['hex in lower case', Buffer.from(Buffer.from(key).toString('hex')), 'hex'],
    ['hex in upper case', Buffer.from(Buffer.from(key).toString('hex').toUpperCase()), 'hex'],
    ['UTF-16, little end first', Buffer.from(`a${key}`, 'utf16le'), 'utf-16le'],
    ['UTF-16, big end first', Buffer.from(`a${key}`, 'utf16le').swap16(), 'utf-16be'],
    ['backwards', Buffer.from(key).reverse(), 'reversed'],
  ])('finds a key written %s', (_, bytes, encoding) => {
    expect(encodingsIn(bytes)).toContain(encoding);
  });

  const awkward = `a+b/c"d&e<f ${fakeKey('vidbeo', 'awkward')}`;

  it.each([
    [
      'URL-safe base64',
      Buffer.from(Buffer.from('>>>???~~~~').toString('base64url')),
      '>>>???~~~~',
      'base64url',
    ],
    ['percent codes', Buffer.from(encodeURIComponent(awkward)), awkward, 'percent'],
    ['lower-case percent codes', Buffer.from('%22FAKE%2b'), '"FAKE+', 'percent'],
    ['JSON escapes', Buffer.from(JSON.stringify(awkward)), awkward, 'json'],
    [
      'JSON with escaped slashes',
      Buffer.from(JSON.stringify(awkward).replaceAll('/', '\\/')),
      awkward,
      'json',
    ],
    ['XML entities', Buffer.from('a+b/c&quot;d&amp;e&lt;f '), 'a+b/c"d&e<f ', 'xml'],
  ])('finds a value with awkward characters in %s', (_, bytes, text, encoding) => {
    expect(encodingsIn(bytes, text)).toContain(encoding);
  });

  it('has no two equal forms', () => {
    const texts = writtenForms(Secret.of(key)).map((form) => Buffer.from(form.bytes).toString('latin1'));
    expect(new Set(texts).size).toBe(texts.length);
  });

  it('looks for no string so short that ordinary text holds it', () => {
    expect(writtenForms(Secret.of('abcde'))).toEqual([]);
  });

  it('finds nothing when one character differs', () => {
    const near = `${key.slice(0, 20)}_${key.slice(21)}`;
    expect(
      encodingsIn(Buffer.concat([Buffer.from(near), base64(near), Buffer.from(near, 'utf16le')])),
    ).toEqual([]);
  });
});
