import { describe, expect, it } from 'vitest';
import { isUsedUp, retryAfterMs } from '../../src/http/retry-after.js';
import { START_MS } from '../support/collect-context.js';

describe('retryAfterMs', () => {
  it.each([
    ['seconds', { 'retry-after': '12' }, 12_000],
    ['seconds with a fraction', { 'retry-after': '0.25' }, 250],
    ['a date to come', { 'retry-after': 'Sun, 01 Nov 2026 00:01:00 GMT' }, 60_000],
    ['a date that has passed', { 'retry-after': 'Sat, 31 Oct 2026 00:01:00 GMT' }, 0],
    ["the vendor's own header", { 'x-ratelimit-retry-after': '3' }, 3000],
    ['two headers: the longer wait', { 'x-ratelimit-retry-after': '3', 'retry-after': '4' }, 4000],
    ['the first of a repeated header', { 'retry-after': ['5', '6'] }, 5000],
    ['nothing', {}, undefined],
    ['a negative number', { 'retry-after': '-1' }, undefined],
    ['an absurd number', { 'retry-after': '9'.repeat(20) }, undefined],
    ['a date in another form', { 'retry-after': '2026-11-01' }, undefined],
    ['words', { 'retry-after': 'soon' }, undefined],
  ])('reads %s', (_name, headers, expected) => {
    expect(retryAfterMs(headers, START_MS)).toBe(expected);
  });
});

describe('isUsedUp', () => {
  it.each([
    ['0', true],
    [' 0 ', true],
    ['1', false],
    ['', false],
    [undefined, false],
  ])('%j: %s', (value, expected) => {
    expect(isUsedUp({ 'x-ratelimit-remaining': value })).toBe(expected);
  });
});
