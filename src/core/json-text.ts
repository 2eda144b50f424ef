/** All that nobody sees, as far as JSON lets it stand as it is. Line feeds are between values only: inside of texts JSON escapes them. */
const HIDDEN =
  /(?!\n)[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u{2800}\u{fffe}\u{ffff}]/gu;

/**
 * A value as JSON in which everything invisible is escaped: it reads the same for programs, and does nothing to a terminal or
 * an editor that shows the file. What can be undefined is for the caller to leave out.
 * @param indent spaces a level; without it, one line
 */
export const jsonText = (value: unknown, indent = 0): string =>
  escapedJson(JSON.stringify(value, undefined, indent));

/** @param json as `JSON.stringify` makes it */
export const escapedJson = (json: string): string => json.replace(HIDDEN, escaped);

/** Beyond the first plane as two halves. */
const escaped = (character: string): string =>
  Array.from(
    { length: character.length },
    (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
  ).join('');
