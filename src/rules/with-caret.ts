/** Characters shown on either side of the place: a folded text of YAML is one long line. */
const SHOWN = 100;

/** A message, the line that it is about, and a caret below the place, as compilers show it. */
export function withCaret(message: string, text: string, offset: number): string {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const lineEnd = text.indexOf('\n', offset);
  const from = Math.max(lineStart, offset - SHOWN);
  const to = Math.min(lineEnd < 0 ? text.length : lineEnd, offset + SHOWN);
  return `${message}\n    ${text.slice(from, to)}\n    ${' '.repeat(offset - from)}^`;
}
