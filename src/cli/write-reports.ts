import { join, resolve } from 'node:path';
import type { AuditResult } from '../core/result.js';
import { ConfigError } from '../core/errors/audit-error.js';
import { render } from '../reports/index.js';
import type { AuditOptions } from './audit-options.js';
import { removeStaleSarif } from './remove-stale-sarif.js';
import type { Shell } from './shell.js';

/** Writes the reports, each whole or not at all. Answers their paths, as the user would write them. */
export async function writeReports(
  result: AuditResult,
  { directory, formats }: Pick<AuditOptions, 'directory' | 'formats'>,
  shell: Shell,
): Promise<readonly string[]> {
  const written: string[] = [];
  const paths: string[] = [];
  for (const { path, content } of render(result, formats)) {
    const shown = join(directory, path);
    paths.push(path);
    await shell.writeFile(resolve(shell.cwd, shown), content).catch((cause: unknown) => {
      const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown error';
      throw new ConfigError(`the report ${shown} cannot be written: ${code}`, { cause });
    });
    written.push(shown);
  }
  if (formats.includes('sarif')) await removeStaleSarif(resolve(shell.cwd, directory), paths);
  return written;
}
