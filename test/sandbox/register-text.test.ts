import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readRegister } from '../../src/inventory/register.js';
import { API_VIDEO_KEYS } from '../../src/sandbox/company/api-video-keys.js';
import { registerText } from '../../src/sandbox/company/register-text.js';
import { VIDBEO_KEYS } from '../../src/sandbox/company/vidbeo-keys.js';

const PATH = new URL('../../audit.keys.yaml', import.meta.url);

describe("the demo's key register", () => {
  /** After a wanted change of the seed: `UPDATE_GOLDEN=1 npx vitest run --config test/vitest.config.ts test/sandbox`. */
  it('is what the seed makes of it', () => {
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(PATH, registerText());
    expect(readFileSync(PATH, 'utf8')).toBe(registerText());
  });

  it('is a valid register that covers most keys, and not all', () => {
    const { entries } = readRegister({ file: 'audit.keys.yaml', text: registerText() });
    const keys = API_VIDEO_KEYS.length + VIDBEO_KEYS.length;
    expect(entries.size).toBeGreaterThan(keys * 0.85);
    expect(entries.size).toBeLessThan(keys - 5);
  });

  it('names only keys that the vendors list', () => {
    const listed = new Set([
      ...API_VIDEO_KEYS.map(({ id }) => `video-prod/${id}`),
      ...VIDBEO_KEYS.map(({ id }) => `vidbeo/${id}`),
    ]);
    const { entries } = readRegister({ file: 'audit.keys.yaml', text: registerText() });
    expect([...entries.keys()].filter((ref) => !listed.has(ref))).toEqual([]);
  });

  it('shows what happens in life: no owner, a retired key, a review that is overdue', () => {
    const { entries } = readRegister({ file: 'audit.keys.yaml', text: registerText() });
    const all = [...entries.values()];
    expect(all.filter((entry) => entry.owner === undefined)).toHaveLength(4);
    expect(all.filter((entry) => entry.status === 'retired')).toHaveLength(2);
    expect(all.filter((entry) => (entry.reviewBy ?? '9') < '2026-11-01').length).toBeGreaterThan(3);
  });
});
