import { exitCodeOf } from '../../findings/gate.js';
import { type Command, switchedOn } from '../command.js';
import { readBaseline } from '../baseline-file.js';
import { tellGithubRunner } from '../github-runner.js';
import { openHistory } from '../history-file.js';
import { loadSetup } from '../load-config.js';
import { auditOptions } from '../audit-options.js';
import { printSummary } from '../print-summary.js';
import { runAudit } from '../run-audit.js';
import { writeReports } from '../write-reports.js';

export const auditCommand: Command = {
  name: 'audit',
  summary: 'collect every key, judge it, look for leaks, report, gate',
  maxArgs: 0,
  flags: [
    'config',
    'out',
    'format',
    'inventory',
    'cache-dir',
    'as-of',
    'until',
    'baseline',
    'new-only',
    'fail-on',
    'concurrency',
  ],
  examples: [
    ['keyaudit audit', 'as audit.config.yaml says; reports go to its reports folder'],
    ['keyaudit audit --fail-on critical --format sarif,json', 'a release gate'],
    ['keyaudit audit --cache-dir .keyaudit', 'also tell what changed since the last run'],
    ['keyaudit audit --inventory keys.json --as-of 2026-11-01', 'judge a recorded inventory again, offline'],
  ],
  async run(invocation, shell) {
    const asked = await auditOptions(invocation, await loadSetup(invocation, shell), shell);
    const options = { ...asked, known: await readBaseline(invocation, asked.config, shell) };
    const history = await openHistory(options.directory, shell);
    const result = history.including(await runAudit(options, shell));
    const files = await writeReports(result, options, shell);
    // Only now: what no report tells must still be a change to the next run.
    await options.cache.save();
    await history.save(result);
    const quiet = switchedOn(invocation, 'quiet');
    if (!quiet) printSummary(result, files, shell);
    await tellGithubRunner(result, { ...options, quiet }, shell);
    return exitCodeOf(result.gate);
  },
};
