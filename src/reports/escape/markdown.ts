import { html } from './html.js';
import { visibleName, visibleProse } from './visible.js';

/** Untrusted text inside a Markdown file's HTML block: nothing in it can become markup, a link or a mention. */
export const code = (text: string): string => `<code>${html(visibleName(text))}</code>`;

/** A word that no renderer turns into anything: letters, digits and ordinary punctuation at its ends. */
const PLAIN_WORD = /^["'(]?[A-Za-z0-9]+(?:['’-][A-Za-z0-9]+)*[,.;:!?)"']{0,3}$/;
/** What GitHub links although it looks like a word: issue numbers and commit ids. */
const LINKED_WORD = /^(?:gh-\d+|[0-9a-f]{7,})\W*$/i;

/** Sentences that hold untrusted pieces, inside an HTML block: plain words stay plain, the rest becomes code. */
export function prose(text: string): string {
  const words = visibleProse(text).split(/ +/);
  const runs: { readonly plain: boolean; readonly words: string[] }[] = [];
  for (const word of words) {
    const plain = PLAIN_WORD.test(word) && !LINKED_WORD.test(word);
    const last = runs.at(-1);
    if (last?.plain === plain) last.words.push(word);
    else runs.push({ plain, words: [word] });
  }
  return runs.map((run) => (run.plain ? html(run.words.join(' ')) : coded(run.words.join(' ')))).join(' ');
}

const coded = (text: string): string => `<code>${html(text)}</code>`;
