/**
 * Breaks text at blanks into lines of at most `width` characters; a longer word gets a line of its own, unbroken,
 * so that paths and requests can be copied. Every line gets the indent.
 */
export function wrap(text: string, width: number, indent = ''): readonly string[] {
  const room = Math.max(20, width - indent.length);
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/ +/)) {
    if (line !== '' && line.length + 1 + word.length > room) {
      lines.push(indent + line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' ? lines : [...lines, indent + line];
}
