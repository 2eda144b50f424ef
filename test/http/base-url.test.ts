import { describe, expect, it } from 'vitest';
import { baseUrlSchema, urlBelow } from '../../src/http/base-url.js';

describe('baseUrlSchema', () => {
  it.each([
    ['https://admin.api.video', 'https://admin.api.video'],
    ['https://api.vidbeo.com/v2/', 'https://api.vidbeo.com/v2'],
    ['http://localhost:4817/x', 'http://localhost:4817/x'],
    ['http://127.0.0.1:4817', 'http://127.0.0.1:4817'],
    ['http://[::1]:80/a//', 'http://[::1]:80/a'],
  ])('takes %s', (text, expected) => {
    expect(baseUrlSchema.parse(text)).toBe(expected);
  });

  it.each([
    ['http to another machine', 'http://admin.api.video'],
    ['a name that only begins like this machine', 'http://127.0.0.1.example.com'],
    ['a name that only begins like this machine', 'http://localhost.example.com'],
    ['a user name', 'https://user@api.example.com'],
    ['a password', 'https://:secret@api.example.com'],
    ['a query', 'https://api.example.com/?a=b'],
    ['a fragment', 'https://api.example.com/#a'],
    ['another scheme', 'file:///etc/passwd'],
    ['no URL', 'api.example.com'],
  ])('refuses %s', (_name, text) => {
    expect(baseUrlSchema.safeParse(text).success).toBe(false);
  });
});

describe('urlBelow', () => {
  it('keeps the path of the base and encodes the query', () => {
    expect(urlBelow('https://a.example/v2', '/keys', { cursor: 'a&b c' }).href).toBe(
      'https://a.example/v2/keys?cursor=a%26b+c',
    );
  });
});
