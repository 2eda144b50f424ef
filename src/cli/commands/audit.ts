import { exitCodeOf } from '../../findings/gate.js';
import { type Command, switchedOn } from '../command.js';
import { loadSetup } from '../load-config.js';
import { auditOptions } from '../audit-options.js';
import { printSummary } from '../print-summary.js';
import { runAudit } from '../run-audit.js';
import { writeReports } from '../write-reports.js';

export const auditCommand: Command = {
  name: 'audit',
  summary: 'collect every key, judge it, look for leaks, report, gate',
  maxArgs: 0,
  flags: ['config', 'out', 'format', 'inventory', 'as-of', 'fail-on', 'concurrency'],
  examples: [
    ['keyaudit audit', 'as audit.config.yaml says; reports go to its reports folder'],
    ['keyaudit audit --fail-on critical --format sarif,json', 'a release gate'],
    ['keyaudit audit --inventory keys.json --as-of 2026-11-01', 'judge a recorded inventory again, offline'],
  ],
  async run(invocation, shell) {
    const options = await auditOptions(invocation, await loadSetup(invocation, shell), shell);
    const result = await runAudit(options, shell);
    const files = await writeReports(result, options, shell);
    if (!switchedOn(invocation, 'quiet')) printSummary(result, files, shell);
    return exitCodeOf(result.gate);
  },
};
