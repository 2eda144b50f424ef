import { characterClass, runEnd } from './character-class.js';
import type { Detection } from './detector.js';
import type { SearchInput } from './searches.js';
import { plainDetection, shapeEnd } from './shape-at.js';

const TOKEN = characterClass('A-Za-z0-9_-');
const BLANKS = characterClass(' \t');
const MAX_BLANKS = 4;

/** `orgkey-…`: the keyword is the value's beginning. */
export function detectPrefixed({ bytes, detector, keywords }: SearchInput): Detection[] {
  return keywords.flatMap(({ from, to }) => {
    const isInsideWord = from > 0 && TOKEN[bytes[from - 1] ?? 0] === 1;
    const end = isInsideWord ? undefined : shapeEnd(bytes, to, detector.shape);
    return end === undefined ? [] : [plainDetection(bytes, from, end)];
  });
}

/** `APIKEY:ORGANIZATION …`: the value comes behind the keyword and blanks. */
export function detectAfter({ bytes, detector, keywords }: SearchInput): Detection[] {
  return keywords.flatMap(({ to }) => {
    const start = runEnd(bytes, to, BLANKS, MAX_BLANKS);
    const end = shapeEnd(bytes, start, detector.shape);
    return end === undefined ? [] : [plainDetection(bytes, start, end)];
  });
}
