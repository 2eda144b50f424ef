/** What people write where a key belongs, whoever the vendor is. In lower case. */
const COMMON = [
  'your',
  'xxxx',
  'example',
  'placeholder',
  'changeme',
  'replace',
  'insert',
  'dummy',
  'redacted',
  'api_key',
  'apikey',
  'api-key',
];

/** Random text of 62 letters has so many neighbours in a row once in 10^8 characters. */
const MAX_ASCENDING = 5;
const MIN_DISTINCT = 6;

/** The name of a constant, such as `SOME_KEY_2`. */
const CONSTANT = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/;

/** Whether a value is an example and no key: a telling word, a name, a sequence such as `abcdef123456`, or one character again and again. */
export function isPlaceholder(value: string, more: readonly string[] = []): boolean {
  const text = value.toLowerCase();
  if (CONSTANT.test(value)) return true;
  if ([...COMMON, ...more].some((word) => text.includes(word))) return true;
  return new Set(text).size < MIN_DISTINCT || longestAscent(text) > MAX_ASCENDING;
}

/** How many characters follow each other as in the alphabet, at most: 3 in `abcx`. */
function longestAscent(text: string): number {
  let longest = 0;
  let current = 0;
  for (let i = 0; i < text.length; i += 1) {
    current = i > 0 && text.charCodeAt(i) === text.charCodeAt(i - 1) + 1 ? current + 1 : 1;
    longest = Math.max(longest, current);
  }
  return longest;
}

/** Shannon entropy of a text's characters, in bits per character. */
export function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}
