import { visibleName } from '../escape/visible.js';
import { type Phrase, phraseText } from '../words/phrase.js';

/** A phrase for a terminal: what others wrote stands in quotes. */
export const phraseLine = (phrase: Phrase): string =>
  phraseText(phrase, { plain: (text) => text, quoted: (text) => `"${visibleName(text)}"` });
