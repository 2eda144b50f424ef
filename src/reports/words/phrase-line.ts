import { visibleName } from '../escape/visible.js';
import { type Phrase, phraseText } from './phrase.js';

/** What cannot be taken for words of ours: one token of a name, a path, an id. */
const TOKEN = /^[\w./@:-]+$/;

/** A phrase for plain text: what others wrote stands in quotes where it is more than one token. */
export const phraseLine = (phrase: Phrase): string =>
  phraseText(phrase, {
    plain: (text) => text,
    quoted: (text) => (TOKEN.test(text) ? visibleName(text) : `"${visibleName(text)}"`),
  });
