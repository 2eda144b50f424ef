/** Untrusted text inside a sentence of ours: a name, a path, an id. */
export interface Quoted {
  readonly quoted: string;
}

/** A sentence: our own words, and what others wrote. Each format escapes the two in its own way. */
export type Phrase = readonly (string | Quoted)[];

export const quoted = (text: string): Quoted => ({ quoted: text });

export interface PhraseStyle {
  readonly plain: (text: string) => string;
  readonly quoted: (text: string) => string;
}

export const phraseText = (phrase: Phrase, style: PhraseStyle): string =>
  phrase.map((part) => (typeof part === 'string' ? style.plain(part) : style.quoted(part.quoted))).join('');

/** Joins phrases with a separator of ours. */
export const joined = (phrases: readonly Phrase[], separator: string): Phrase =>
  phrases.flatMap((phrase, index) => (index === 0 ? phrase : [separator, ...phrase]));
