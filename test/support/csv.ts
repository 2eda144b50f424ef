/** Reads CSV in which every cell is quoted; throws where it is not. */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  const cell = /"((?:[^"]|"")*)"(,|\r\n)/gy;
  while (cell.lastIndex < text.length) {
    const match = cell.exec(text);
    if (match === null) throw new Error('not a quoted cell');
    rows.at(-1)?.push((match[1] ?? '').replaceAll('""', '"'));
    if (match[2] === '\r\n' && cell.lastIndex < text.length) rows.push([]);
  }
  return rows;
}
