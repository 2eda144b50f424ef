/** What {@link visible} shows, as far as JSON lets it stand as it is: of a line of JSON it can only be inside of texts. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u{2800}\u{fffe}\u{ffff}]/gu;

/**
 * A value as one line of JSON in which everything invisible is escaped: it reads the same for programs, and does nothing to
 * a terminal or an editor that shows the file.
 */
export const jsonText = (value: unknown): string => escapedJson(JSON.stringify(value));

/** @param json without line breaks */
export const escapedJson = (json: string): string => json.replace(HIDDEN, escaped);

/** Beyond the first plane as two halves. */
const escaped = (character: string): string =>
  Array.from(
    { length: character.length },
    (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
  ).join('');
