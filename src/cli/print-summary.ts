import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AuditResult } from '../core/result.js';
import { visible } from '../reports/escape/visible.js';
import { hyperlink } from '../reports/terminal/hyperlink.js';
import { terminalSummary } from '../reports/terminal/terminal-summary.js';
import type { Shell } from './shell.js';

/** What people see at the end: verdict, holes, numbers, the worst, and where the rest lies. */
export function printSummary(result: AuditResult, files: readonly string[], shell: Shell): void {
  const { columns = 100, color, hyperlinks } = shell;
  shell.print(terminalSummary(result, { width: columns, colour: color, hyperlinks }));
  if (files.length > 0) shell.print(['Reports:', ...fileLines(files, shell)].join('\n'));
}

/** The main reports by name; of the files for single repositories only how many there are. */
function fileLines(files: readonly string[], { cwd, hyperlinks }: Shell): readonly string[] {
  const shown = (file: string): string =>
    hyperlinks ? hyperlink(visible(file), pathToFileURL(resolve(cwd, file)).href) : visible(file);
  const [main] = files.map((file) => dirname(file)).toSorted((a, b) => a.length - b.length);
  const others = files.filter((file) => dirname(file) !== main);
  return [
    ...files.filter((file) => dirname(file) === main).map((file) => `  ${shown(file)}`),
    ...(others.length === 0 ? [] : [`  ${visible(dirname(others[0] ?? ''))}/ (${others.length} files)`]),
  ];
}
