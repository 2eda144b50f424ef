/** A piece of a Markdown file that can be left out whole. Ends with a blank line. */
export interface Block {
  readonly text: string;
  /** Findings that only this block shows; told when the block does not fit. */
  readonly findings: number;
}

/** A block of markup that no blank line interrupts: a blank line would end the HTML and begin Markdown. */
export const block = (lines: readonly string[], findings = 0): Block => ({
  text: `${lines.filter((line) => line !== '').join('\n')}\n\n`,
  findings,
});

export const heading = (text: string): Block => block([`## ${text}`]);

/** An HTML table; the cells are markup already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[], tag: 'th' | 'td'): string =>
    `<tr>${cells.map((cell) => `<${tag}>${cell}</${tag}>`).join('')}</tr>`;
  return ['<table>', line(head, 'th'), ...rows.map((row) => line(row, 'td')), '</table>'];
}
