import { describe, expect, it } from 'vitest';
import { Secret } from '../../src/core/secret.js';
import { createRedactor } from '../../src/match/redactor.js';
import { fakeKey } from '../../src/sandbox/fake-keys.js';

const key = fakeKey('vidbeo', 'redactor');
const other = fakeKey('api-video', 'redactor');
const redactor = createRedactor([Secret.of(key), Secret.of(other)]);

describe('createRedactor', () => {
  it('replaces every secret and leaves the rest as it was', () => {
    expect(redactor.redact(`é ${key}, "${other}"${key}\u{1f511}`)).toBe(
      'é [redacted], "[redacted]"[redacted]\u{1f511}',
    );
  });

  it.each([
    ['base64', Buffer.from(`user:${key}`).toString('base64')],
    ['a Basic header', Buffer.from(`${key}:`).toString('base64')],
    ['hex', Buffer.from(key).toString('hex')],
    ['UTF-16', Buffer.from(key, 'utf16le').toString('latin1')],
    ['reversed', Buffer.from(key).reverse().toString()],
  ])('replaces %s', (_, text) => {
    const clean = redactor.redact(`a ${text} b`);
    expect(clean).toContain('[redacted]');
    expect(redactor.leaks(Buffer.from(clean))).toBe(false);
    expect(redactor.leaks(Buffer.from(text))).toBe(true);
  });

  it('joins secrets that overlap', () => {
    const [head, tail] = [key.slice(0, 25), key.slice(15)];
    const both = createRedactor([Secret.of(head), Secret.of(tail)]);
    expect(both.redact(`<${key}>`)).toBe('<[redacted]>');
  });

  it('gives the very same text back when there is nothing to hide', () => {
    const text = 'lone surrogate \ud800 stays';
    expect(redactor.redact(text)).toBe(text);
    expect(createRedactor([]).redact(text)).toBe(text);
  });

  it('cleans a large report with many secrets in seconds', () => {
    const secrets = Array.from({ length: 2_000 }, (_, i) => Secret.of(fakeKey('api-video', `many-${i}`)));
    const line = `${'"key": "value without secrets", '.repeat(3)}\n`;
    const text = line.repeat(100_000) + fakeKey('api-video', 'many-1999');
    expect(createRedactor(secrets).redact(text).endsWith('\n[redacted]')).toBe(true);
  }, 10_000);
});
