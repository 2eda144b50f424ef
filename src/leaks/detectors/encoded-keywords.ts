import { base64Texts } from '../../match/encodings.js';
import type { Detector } from './detector.js';

/** So much of a keyword is rare enough in base64, where it has at least eight characters. */
const ENCODED_CHARACTERS = 7;

/** Of equally long forms one pass finds all: `LiteralSet` looks for longer ones in another. */
const MAX_FORM = 15;

/**
 * How the texts that mark a key look inside of base64 (of one or two bytes a character) and hex. Case counts in there, so
 * keywords are taken as written and in capitals.
 */
export function encodedKeywords(detectors: readonly Detector[]): readonly string[] {
  const marks = detectors
    .filter(({ search }) => search.kind === 'prefix' || search.kind === 'after')
    .flatMap(({ keywords }) => keywords.map((keyword) => keyword.slice(0, ENCODED_CHARACTERS)));
  const texts = marks
    .filter(({ length }) => length === ENCODED_CHARACTERS)
    .flatMap((mark) => [mark, mark.toUpperCase()]);
  const forms = texts.flatMap((text) => {
    const hex = Buffer.from(text).toString('hex');
    return [
      ...base64Texts(Buffer.from(text)),
      ...base64Texts(Buffer.from(text, 'utf16le')),
      hex,
      hex.toUpperCase(),
    ];
  });
  return [...new Set(forms.map((form) => form.slice(0, MAX_FORM)))];
}
