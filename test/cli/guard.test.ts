import { describe, expect, it } from 'vitest';
import { createGuard } from '../../src/cli/guard.js';
import { Secret } from '../../src/core/secret.js';
import { fakeKey } from '../../src/sandbox/fake-keys.js';
import { findCanaries } from '../support/canaries.js';

const key = fakeKey('api-video', 'guarded');

function guardOf(...values: readonly string[]) {
  const guard = createGuard();
  guard.protect(values.map((value) => Secret.of(value)));
  return guard;
}

describe('the last guard', () => {
  it.each([
    ['plain', key],
    ['reversed', Array.from(key).toReversed().join('')],
    ['hex', Buffer.from(key).toString('hex')],
    ['upper-case hex', Buffer.from(key).toString('hex').toUpperCase()],
    ['base64', Buffer.from(key).toString('base64')],
    ['base64 behind one byte', Buffer.from(`x${key}`).toString('base64')],
    ['base64 behind two bytes', Buffer.from(`xx${key}y`).toString('base64')],
    ['a Basic header', `Basic ${Buffer.from(`${key}:`).toString('base64')}`],
    ['JSON in a URL', encodeURIComponent(JSON.stringify({ key }))],
  ])('blots a value out that is written as %s', (_form, text) => {
    const shown = guardOf(key).redact(`name: ${text} end`);
    expect(findCanaries([key], { shown })).toEqual([]);
    expect(shown).toContain('[redacted]');
    expect(shown.endsWith(' end')).toBe(true);
  });

  it('leaves every other text as it is', () => {
    const text = `nothing here ${key.slice(0, 8)} ü 🔑`;
    expect(guardOf(key).redact(text)).toBe(text);
  });

  it('knows what it is told later', () => {
    const guard = guardOf(fakeKey('vidbeo', 'first'));
    expect(guard.redact(key)).toBe(key);
    guard.protect([Secret.of(key)]);
    expect(guard.redact(key)).toBe('[redacted]');
  });

  it('finds a value that lies across the pieces of a file', () => {
    const guard = guardOf(key);
    const filler = 'line\n'.repeat(300_000);
    const pieces = [filler, `a ${key.slice(0, 9)}`, key.slice(9), ' b\n', filler, `${key}\n`];
    const written = [...guard.redactAll(pieces)].join('');
    expect(written).toBe(`${filler}a [redacted] b\n${filler}[redacted]\n`);
  });
});
