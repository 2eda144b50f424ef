/**
 * What a reader would not see or that would change what he sees: control, format (bidirectional, zero-width, tags),
 * private-use, surrogate and default-ignorable characters, line separators, the two non-characters of the plane.
 */
const HIDDEN =
  /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u{2800}\u{fffe}\u{ffff}]/gu;

/** Long enough for every honest name; a hostile one must not fill a report. */
const MAX_NAME = 200;
const MAX_PROSE = 2_000;

/** Untrusted text with everything invisible written as `\u{202e}`. Changes nothing else. */
export const visible = (text: string): string =>
  text.replace(HIDDEN, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);

/** A name for people: visible, and cut with a count when it is absurdly long. */
export const visibleName = (text: string): string => clip(text, MAX_NAME);

/** Sentences for people: line breaks become spaces, the rest is as in {@link visible}; cut when absurdly long. */
export const visibleProse = (text: string): string => clip(text.trim().replace(/[\r\n\t]+/g, ' '), MAX_PROSE);

function clip(text: string, max: number): string {
  if (text.length <= max) return visible(text);
  const cut = /[\ud800-\udbff]/.test(text.charAt(max - 1)) ? max - 1 : max;
  return `${visible(text.slice(0, cut))}… (${text.length - cut} more characters)`;
}
