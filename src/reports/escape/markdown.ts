import { codeSpans } from './code-spans.js';
import { html } from './html.js';
import { visibleName, visibleProse } from './visible.js';

/** Untrusted text inside a Markdown file's HTML block: nothing in it can become markup, a link or a mention. */
export const code = (text: string): string => `<code>${html(visibleName(text))}</code>`;

/** A word that no renderer turns into anything: letters and digits, or a number, between ordinary punctuation. */
const PLAIN_WORD = /^['(]?(?:[A-Za-z0-9]+(?:['’-][A-Za-z0-9]+)*|\d{1,3}(?:,\d{3})+|\d+\.\d+)[,.;:!?)']{0,3}$/;
/** What GitHub links although it looks like a word: issue numbers and commit ids. */
const LINKED_WORD = /^['(]?(?:gh-\d+|[0-9a-f]{7,})\W*$/i;
const ENDING = /[,.;:!?]{0,3}$/;

/** Sentences that hold untrusted pieces, inside an HTML block: plain words stay plain, the rest becomes code. */
export const prose = (text: string): string =>
  codeSpans(visibleProse(text))
    .map((span) => (span.code ? `<code>${html(span.text)}</code>` : words(span.text)))
    .join('');

function words(text: string): string {
  const runs: { readonly plain: boolean; readonly words: string[] }[] = [];
  for (const word of text.split(/ +/)) {
    const plain = word === '' || (PLAIN_WORD.test(word) && !LINKED_WORD.test(word));
    const last = runs.at(-1);
    if (last?.plain === plain) last.words.push(word);
    else runs.push({ plain, words: [word] });
  }
  return runs.map((run) => (run.plain ? html(run.words.join(' ')) : coded(run.words.join(' ')))).join(' ');
}

/** What ends a sentence of ours rather than the name before it stays outside of the code. */
function coded(text: string): string {
  const end = ENDING.exec(text)?.index ?? text.length;
  return end === 0 ? html(text) : `<code>${html(text.slice(0, end))}</code>${html(text.slice(end))}`;
}
