import { describe, expect, it } from 'vitest';
import { placeRecords } from '../../../src/git/pack/placed-records.js';

function rooms(): (bytes: number) => number {
  let end = 64;
  return (bytes) => {
    const at = end;
    end += Math.ceil(bytes / 16) * 16;
    return at;
  };
}

describe('placeRecords', () => {
  it('writes records one behind the other: words as they are, arrays as where they lie', () => {
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
    const first = Uint32Array.of(7, 0xffffffff);
    const second = Uint8Array.of(1, 2, 3);
    const placed = placeRecords(
      [
        [5, first],
        [6, second],
      ],
      rooms(),
    );
    placed.fill(memory);
    expect(placed.count).toBe(2);
    const words = new Uint32Array(memory.buffer, placed.at, 4);
    expect([words[0], words[2]]).toEqual([5, 6]);
    expect([...new Uint32Array(memory.buffer, words[1], 2)]).toEqual([...first]);
    expect([...new Uint8Array(memory.buffer, words[3], 3)]).toEqual([...second]);
  });

  it('needs no room for no records', () => {
    expect(placeRecords([], rooms())).toMatchObject({ count: 0, fields: [] });
  });
});
