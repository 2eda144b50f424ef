/**
 * A line that GitHub's runner cannot take for a command: it reads `::` at the start of a line (after blanks) and
 * `##[` anywhere.
 */
export const neutralLine = (line: string): string =>
  line.replace(/^(\s*):(?=:)/, '$1: ').replaceAll('##[', '## [');

/** Data of a workflow command that we mean. */
export const commandData = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

/** A property (`file=`, `title=`) of a workflow command that we mean. */
export const commandProperty = (text: string): string =>
  commandData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
