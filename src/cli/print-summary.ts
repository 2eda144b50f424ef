import type { AuditResult } from '../core/result.js';
import { terminalSummary } from '../reports/terminal/terminal-summary.js';
import type { Shell } from './shell.js';

/** What people see at the end: verdict, holes, numbers, the worst, and where the rest lies. */
export function printSummary(result: AuditResult, files: readonly string[], shell: Shell): void {
  shell.print(terminalSummary(result, { width: shell.columns ?? 100, colour: shell.color }));
  if (files.length > 0) shell.print(`Reports: ${files.join(', ')}`);
}
