import { resolve } from 'node:path';
import type { AuditResult } from '../../core/result.js';
import { exitCodeOf } from '../../findings/gate.js';
import { readyReadersFor } from '../../leaks/ready-readers.js';
import type { AuditOptions } from '../audit-options.js';
import { type Command, switchedOn, textFlag } from '../command.js';
import { leakOptions } from '../leak-options.js';
import { printSummary } from '../print-summary.js';
import { runLeaks } from '../run-leaks.js';
import type { Shell } from '../shell.js';

export const leaksCommand: Command = {
  name: 'leaks',
  summary: 'only the leak scan: folders, git repositories, or what the configuration names; calls no vendor',
  args: '[PATH or URL …]',
  maxArgs: 10_000,
  flags: [
    'staged',
    'config',
    'out',
    'format',
    'inventory',
    'cache-dir',
    'max-disk',
    'as-of',
    'fail-on',
    'concurrency',
  ],
  examples: [
    ['keyaudit leaks .', 'this folder and the whole history of its repository'],
    [
      'keyaudit leaks --inventory keys.json mirror.git',
      'knows your keys by the fingerprints of a recorded inventory',
    ],
    [
      'keyaudit leaks https://github.com/acme/web',
      'a repository on GitHub; GITHUB_TOKEN is used where it is set',
    ],
    ['keyaudit leaks --cache-dir .keyaudit .', 'a second run reads only what is new'],
    ['keyaudit leaks --staged', 'what is to be committed: a pre-commit hook'],
    ['keyaudit leaks', 'the repositories of audit.config.yaml'],
  ],
  async run(invocation, shell) {
    // A second run with a cache hardly reads anything.
    if (textFlag(invocation, 'cache-dir') === undefined) {
      readyReadersFor(invocation.args.map((path) => resolve(shell.cwd, path)));
    }
    const options = await leakOptions(invocation, shell);
    const result = await runLeaks(options, shell);
    const files = textFlag(invocation, 'out') === undefined ? [] : await writeAll(result, options, shell);
    const quiet = switchedOn(invocation, 'quiet');
    if (!quiet) printSummary(result, files, shell);
    if (shell.env['GITHUB_ACTIONS'] === 'true') {
      const { tellGithubRunner } = await import('../github-runner.js');
      await tellGithubRunner(result, { ...options, quiet }, shell);
    }
    return exitCodeOf(result.gate);
  },
};

/** Most scans write no reports, and need not wait until what writes them is loaded. */
async function writeAll(
  result: AuditResult,
  options: AuditOptions,
  shell: Shell,
): Promise<readonly string[]> {
  const { writeReports } = await import('../write-reports.js');
  return writeReports(result, options, shell);
}
