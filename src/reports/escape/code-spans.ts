/** A piece of a sentence: what stood between two backticks, or what did not. */
export interface Span {
  readonly text: string;
  readonly code: boolean;
}

/** Takes a sentence apart at its pairs of backticks. A backtick without a partner stays where it is. */
export function codeSpans(sentence: string): readonly Span[] {
  const parts = sentence.split('`');
  const odd = parts.length % 2 === 0 ? parts.pop() : undefined;
  const spans = parts.map((text, index) => ({ text, code: index % 2 === 1 }));
  const all = odd === undefined ? spans : [...spans, { text: `\`${odd}`, code: false }];
  return all.filter(({ text }) => text !== '');
}
