import { createHash } from 'node:crypto';

/**
 * Chance without state: every draw is a digest of its own seed, so that a new item in a list moves no other one.
 * Not for anything that must be hard to guess.
 */
const digest = (seed: string): Buffer => createHash('sha256').update(`keyaudit/sandbox\0${seed}`).digest();

/** A whole number from 0 to `bound - 1`. */
export const drawInt = (seed: string, bound: number): number => digest(seed).readUIntBE(0, 6) % bound;

/** A whole number from `low` to `high`, both included. */
export const drawBetween = (seed: string, low: number, high: number): number =>
  low + drawInt(seed, high - low + 1);

export function drawOne<T>(seed: string, list: readonly T[]): T {
  const item = list[drawInt(seed, list.length)];
  if (item === undefined) throw new RangeError(`nothing to draw from for ${seed}`);
  return item;
}

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const LOWER_36 = '0123456789abcdefghijklmnopqrstuvwxyz';

function drawText(seed: string, length: number, alphabet: string): string {
  const bytes = digest(seed);
  let text = '';
  for (let index = 0; index < length; index += 1) {
    text += alphabet.charAt((bytes[index] ?? 0) % alphabet.length);
  }
  return text;
}

/** 22 base58 characters, as api.video's ids end. */
export const drawBase58Id = (seed: string): string => drawText(seed, 22, BASE58);

/** 21 lower-case letters and digits, as Vidbeo's ids are. */
export const drawLowerId = (seed: string): string => drawText(seed, 21, LOWER_36);
