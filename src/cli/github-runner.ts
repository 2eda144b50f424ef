import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Config } from '../config/config.js';
import type { AuditResult } from '../core/result.js';
import { githubAnnotations } from '../reports/github-annotations.js';
import { markdownReport } from '../reports/markdown/markdown-report.js';
import { besideConfig } from './load-config.js';
import type { Shell } from './shell.js';

/** GitHub loses the whole summary of a step above 1 MiB. */
const MAX_SUMMARY_BYTES = 1024 * 1024;

interface RunnerOptions {
  readonly config: Config;
  readonly quiet: boolean;
}

/** Within GitHub Actions: the worst findings as annotations, and the Markdown as the job's summary. Never fails. */
export async function tellGithubRunner(
  result: AuditResult,
  { config, quiet }: RunnerOptions,
  shell: Shell,
): Promise<void> {
  if (shell.env['GITHUB_ACTIONS'] !== 'true') return;
  if (!quiet) shell.print(githubAnnotations(result, ownRepository(config, shell)).trimEnd());
  const path = shell.env['GITHUB_STEP_SUMMARY'];
  if (path === undefined || path === '') return;
  try {
    await appendSummary(resolve(shell.cwd, path), result, shell);
  } catch {
    shell.warn('the job summary could not be written; keyaudit.md among the reports holds the same');
  }
}

async function appendSummary(path: string, result: AuditResult, shell: Shell): Promise<void> {
  const text = markdownReport(result)
    .flatMap(({ content }) => (typeof content === 'string' ? [content] : [...content]))
    .join('');
  const before = (await stat(path).catch(() => undefined))?.size ?? 0;
  if (before + Buffer.byteLength(text) > MAX_SUMMARY_BYTES) {
    shell.warn('the job summary has no room left; keyaudit.md among the reports holds the rest');
    return;
  }
  await shell.appendFile(path, text);
}

/** How places name the repository that the workflow runs in: the folder as configured, or its name at GitHub. */
function ownRepository(config: Config, { cwd, env }: Shell): string | undefined {
  const workspace = env['GITHUB_WORKSPACE'];
  const folder =
    workspace === undefined
      ? undefined
      : config.repositories.local.find(
          (path) => resolve(cwd, besideConfig(config, path)) === resolve(workspace),
        );
  return folder ?? env['GITHUB_REPOSITORY'];
}
