/** A change of kind of character for every so many of them: keys drawn at random have one for every two or three. */
const CHARACTERS_A_CHANGE = 12;
const MIN_CHANGES = 2;

const UPPER = 1;
const LOWER = 2;
const DIGIT = 3;

function kindOf(code: number): number {
  if (code >= 48 && code <= 57) return DIGIT;
  if (code >= 65 && code <= 90) return UPPER;
  return code >= 97 && code <= 122 ? LOWER : 0;
}

/** Digits beside letters, and capitals behind small letters. Words have next to none, also those of a passphrase. */
const isChange = (before: number, after: number): boolean =>
  before !== 0 && after !== 0 && before !== after && !(before === UPPER && after === LOWER);

/**
 * Whether a text looks drawn at random, so that none of its longer pieces stands in other text by chance. What people
 * think up is made of words, and its pieces are words of everybody.
 */
export function isMachineMade(text: string): boolean {
  let changes = 0;
  for (let at = 1; at < text.length; at += 1) {
    if (isChange(kindOf(text.charCodeAt(at - 1)), kindOf(text.charCodeAt(at)))) changes += 1;
  }
  return changes >= MIN_CHANGES && changes * CHARACTERS_A_CHANGE >= text.length;
}

/** Longer heads than this are part of the secret. */
const MAX_HEAD = 20;

/** The words at the beginning of a key that every key of its vendor has: letters, and what joins them (`orgkey-`). */
export function publicHead(text: string): string {
  let end = 0;
  for (let at = 0; at < Math.min(text.length, MAX_HEAD); at += 1) {
    const kind = kindOf(text.charCodeAt(at));
    if (kind === DIGIT) break;
    if (kind === 0) end = at + 1;
  }
  return text.slice(0, end);
}
