import type { ExitCode } from '../core/errors/audit-error.js';
import type { AuditResult } from '../core/result.js';
import { exitCodeOf } from '../findings/gate.js';
import type { AuditOptions } from './audit-options.js';
import { readBaseline } from './baseline-file.js';
import { type Invocation, switchedOn } from './command.js';
import { tellGithubRunner } from './github-runner.js';
import { openHistory } from './history-file.js';
import { openIssues } from './open-issues.js';
import { outwardFlags } from './outward-flags.js';
import { printSummary } from './print-summary.js';
import type { Shell } from './shell.js';
import { uploadResults } from './upload-results.js';
import { writeReports } from './write-reports.js';

export interface AuditJob {
  readonly invocation: Invocation;
  readonly asked: AuditOptions;
  readonly run: (options: AuditOptions) => Promise<AuditResult>;
}

/** Audits, and tells the result everywhere: reports, history, summary, the runner of a workflow. Answers the gate's exit code. */
export async function auditAndTell({ invocation, asked, run }: AuditJob, shell: Shell): Promise<ExitCode> {
  const outward = outwardFlags(invocation, asked, shell);
  const options = { ...asked, known: await readBaseline(invocation, asked.config, shell) };
  const history = await openHistory(options.directory, shell);
  const result = history.including(await run(options));
  const files = await writeReports(result, options, shell);
  // Only now: what no report tells must still be a change to the next run.
  await options.cache.save();
  await history.save(result);
  const quiet = switchedOn(invocation, 'quiet');
  if (!quiet) printSummary(result, files, shell);
  await tellGithubRunner(result, { ...options, quiet }, shell);
  const arrived = !outward.upload || (await uploadResults({ result, files }, options, shell));
  const { issues: entry } = options.config.reports;
  const write = outward.issues === 'write';
  const told =
    outward.issues === 'no' || entry === undefined || (await openIssues({ result, entry, write }, shell));
  return exitCodeOf(result.gate) || (arrived && told ? 0 : 3);
}
