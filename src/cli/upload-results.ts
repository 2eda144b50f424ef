import { readFile } from 'node:fs/promises';
import { relative, resolve, sep } from 'node:path';
import { AuditError } from '../core/errors/audit-error.js';
import type { AuditResult } from '../core/result.js';
import type { GithubContext } from '../github/github-context.js';
import { type UploadOutcome, uploadSarif } from '../github/upload-sarif.js';
import { HttpSession } from '../http/session.js';
import type { AuditOptions } from './audit-options.js';
import { tokenOf } from './github-token.js';
import { type PlannedUpload, planUploads } from './plan-uploads.js';
import type { Shell } from './shell.js';

/**
 * Sends the files for code scanning of this audit to the repositories that they are about, and tells what became of each.
 * @param files the reports as written, among them `github/*.sarif`
 * @returns whether every file arrived where it belongs
 */
export async function uploadResults(
  { result, files }: { readonly result: AuditResult; readonly files: readonly string[] },
  { config, directory }: Pick<AuditOptions, 'config' | 'directory'>,
  shell: Shell,
): Promise<boolean> {
  const folder = resolve(shell.cwd, directory);
  const paths = files.map((file) => relative(folder, resolve(shell.cwd, file)).split(sep).join('/'));
  const { uploads, problems } = planUploads(result, paths, { config, shell });
  for (const problem of problems) shell.warn(`not uploaded: ${problem}`);
  const { signal, clock, progress, env } = shell;
  const session = new HttpSession({ signal, clock, env });
  try {
    let whole = problems.length === 0;
    // One after another: GitHub asks not to send requests together.
    for (const upload of uploads) {
      progress.note(`uploading to ${upload.repository}`);
      const outcome = await sendFile({ upload, folder }, { signal, clock, progress, session }, shell);
      shell.warn(outcomeLine(upload, outcome));
      whole &&= outcome.status !== 'failed';
    }
    return whole;
  } finally {
    await session.close();
  }
}

async function sendFile(
  { upload, folder }: { readonly upload: PlannedUpload; readonly folder: string },
  ctx: GithubContext,
  shell: Shell,
): Promise<UploadOutcome> {
  try {
    const token = await tokenOf(upload, ctx, shell);
    if (token instanceof AuditError) return { status: 'failed', reason: token.message };
    // As it was written, so behind the guard.
    const sarif = await readFile(resolve(folder, upload.path), 'utf8');
    return await uploadSarif({ ...upload, token, sarif }, ctx);
  } catch (error) {
    if (!(error instanceof AuditError) || error.exitCode === 130) throw error;
    return { status: 'failed', reason: error.message };
  }
}

function outcomeLine({ path, repository }: PlannedUpload, outcome: UploadOutcome): string {
  if (outcome.status === 'accepted') return `uploaded ${path} to ${repository}`;
  const word = outcome.status === 'skipped' ? 'left out' : 'NOT uploaded';
  return `${word}: ${path} to ${repository}: ${outcome.reason}`;
}
