import { dirname } from 'node:path';
import type { AuditResult } from '../core/result.js';
import { visible } from '../reports/escape/visible.js';
import { terminalSummary } from '../reports/terminal/terminal-summary.js';
import type { Shell } from './shell.js';

/** What people see at the end: verdict, holes, numbers, the worst, and where the rest lies. */
export function printSummary(result: AuditResult, files: readonly string[], shell: Shell): void {
  shell.print(terminalSummary(result, { width: shell.columns ?? 100, colour: shell.color }));
  if (files.length > 0) shell.print(['Reports:', ...fileLines(files)].join('\n'));
}

/** The main reports by name; of the files for single repositories only how many there are. */
function fileLines(files: readonly string[]): readonly string[] {
  const [main] = files.map((file) => dirname(file)).toSorted((a, b) => a.length - b.length);
  const others = files.filter((file) => dirname(file) !== main);
  return [
    ...files.filter((file) => dirname(file) === main).map((file) => `  ${visible(file)}`),
    ...(others.length === 0 ? [] : [`  ${visible(dirname(others[0] ?? ''))}/ (${others.length} files)`]),
  ];
}
