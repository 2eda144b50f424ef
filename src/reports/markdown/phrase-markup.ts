import { html } from '../escape/html.js';
import { code } from '../escape/markdown.js';
import { type Phrase, phraseText } from '../words/phrase.js';

/** A phrase inside an HTML block. */
export const phraseMarkup = (phrase: Phrase): string => phraseText(phrase, { plain: html, quoted: code });

export const ownerMarkup = (owner: string | null): string => (owner === null ? 'nobody' : code(owner));
