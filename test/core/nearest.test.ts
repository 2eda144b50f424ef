import { describe, expect, it } from 'vitest';
import { editDistance, nearest } from '../../src/core/nearest.js';

describe('nearest', () => {
  const names = ['audit', 'collect', 'leaks', 'doctor'];

  it.each([
    ['adit', 'audit'],
    ['colect', 'collect'],
    ['LEAKS', 'leaks'],
    ['leask', undefined],
    ['frobnicate', undefined],
    ['', undefined],
    ['a'.repeat(10_000), undefined],
  ])('of %j is %j', (typed, expected) => {
    expect(nearest(typed, names)).toBe(expected);
  });
});

describe('editDistance', () => {
  it.each([
    ['', '', 0],
    ['a', '', 1],
    ['kitten', 'sitting', 3],
    ['same', 'same', 0],
  ])('from %j to %j is %i', (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance);
    expect(editDistance(b, a)).toBe(distance);
  });
});
