import { type CharacterClass, characterClass, runEnd, textOf } from './character-class.js';
import { ALPHABETS, type Alphabet, type Detection, type Shape } from './detector.js';

/** What a token may go on with: a value must not be cut out of a longer one. */
const TOKEN = characterClass('A-Za-z0-9_-');
const BASE64_TAIL = characterClass('+/=');

const CLASSES: Readonly<Record<Alphabet, CharacterClass>> = {
  alphanumeric: characterClass(ALPHABETS.alphanumeric),
  'lower-alphanumeric': characterClass(ALPHABETS['lower-alphanumeric']),
  token: characterClass(ALPHABETS.token),
};

export const alphabetClass = (alphabet: Alphabet): CharacterClass => CLASSES[alphabet];

/** The end of the value of `shape` that begins at `from`; undefined when what stands there is shorter, longer or goes on. */
export function shapeEnd(bytes: Uint8Array, from: number, shape: Shape): number | undefined {
  const end = runEnd(bytes, from, alphabetClass(shape.alphabet), shape.maxLength + 1);
  const length = end - from;
  if (length < shape.minLength || length > shape.maxLength) return undefined;
  const { begins } = shape;
  if (begins !== undefined && textOf(bytes, from, from + begins.length) !== begins) return undefined;
  return goesOn(bytes, end) ? undefined : end;
}

/** What `=`, `+` or `/` follows is more likely a piece of base64 or a path. */
function goesOn(bytes: Uint8Array, end: number): boolean {
  const next = bytes[end] ?? 0;
  return TOKEN[next] === 1 || BASE64_TAIL[next] === 1;
}

export const plainDetection = (bytes: Uint8Array, from: number, to: number): Detection => ({
  value: textOf(bytes, from, to),
  from,
  to,
  encoding: 'plain',
});
