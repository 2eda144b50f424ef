import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { parseFingerprint } from '../../src/core/digest.js';
import { Secret } from '../../src/core/secret.js';
import { fakeKey } from '../../src/sandbox/fake-keys.js';

const value = fakeKey('api-video', 'canary');
const secret = Secret.of(value);

describe('Secret', () => {
  it.each<[string, () => string]>([
    ['string conversion', () => String(secret)],
    ['a template', () => `${secret as unknown as string}`],
    ['concatenation', () => `a${secret as unknown as string}`],
    ['JSON', () => JSON.stringify({ secret })],
    [
      'inspect, with everything shown',
      () => inspect({ secret }, { showHidden: true, depth: 9, getters: true }),
    ],
    ['assignment to another object', () => JSON.stringify(Object.assign({}, secret))],
    ['own property names', () => JSON.stringify(Reflect.ownKeys(secret))],
    ['structured clone', () => inspect(structuredClone(secret), { showHidden: true })],
    ['an error that carries it as its cause', () => inspect(new Error('failed', { cause: secret }))],
    ['its fingerprint', () => secret.fingerprint()],
  ])('hides its value from %s', (_case, show) => {
    expect(show()).not.toContain(value);
    expect(show()).not.toContain(value.slice(0, 12));
  });

  it('gives the value to who asks by name', () => {
    expect(secret.reveal()).toBe(value);
  });

  it('cannot be changed', () => {
    expect(() => Object.assign(secret, { extra: 1 })).toThrow(TypeError);
  });

  it('refuses the empty text, which would match everywhere', () => {
    expect(() => Secret.of('')).toThrow(TypeError);
  });
});

describe('a fingerprint', () => {
  it('names scheme and length and is the same for the same value', () => {
    expect(secret.fingerprint()).toMatch(/^kf1:43:[0-9a-f]{64}$/);
    expect(Secret.of(value).fingerprint()).toBe(secret.fingerprint());
    expect(parseFingerprint(secret.fingerprint())).toBe(secret.fingerprint());
  });

  it('differs for another value and for another pepper', () => {
    const pepper = Secret.of('pepper');
    const all = [
      secret.fingerprint(),
      secret.fingerprint(pepper),
      secret.fingerprint(Secret.of('other')),
      Secret.of(fakeKey('api-video', 'other')).fingerprint(),
    ];
    expect(new Set(all).size).toBe(4);
  });

  it.each([
    '',
    'kf1:43:abc',
    `kf2:43:${'a'.repeat(64)}`,
    `kf1:0:${'a'.repeat(64)}`,
    `kf1:43:${'A'.repeat(64)}`,
  ])('is not %j', (text) => {
    expect(parseFingerprint(text)).toBeUndefined();
  });
});

describe('a prefix that everybody knows', () => {
  const secret = Secret.of('scheme value');

  it('can be asked about and taken off without revealing the rest', () => {
    expect([secret.startsWith('scheme '), secret.startsWith('other ')]).toEqual([true, false]);
    expect(secret.without('scheme ').fingerprint()).toBe(Secret.of('value').fingerprint());
    expect(String(secret.without('scheme '))).toBe('[secret]');
  });

  it.each(['other ', 'scheme value'])('is left where it is when it is not one: %s', (prefix) => {
    expect(secret.without(prefix)).toBe(secret);
  });
});
