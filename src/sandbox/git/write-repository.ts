import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runProcess } from '../../process/run.js';
import { fastImportStream } from './fast-import.js';
import type { RepositoryPlan } from './plan.js';
import { sandboxGitEnvironment } from './sandbox-git-environment.js';

const IMPORT_TIMEOUT_MS = 60_000;
const CONFIG = '[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = true\n';

/** Writes a bare repository; `path` must not exist yet. */
export async function writeRepository(
  plan: RepositoryPlan,
  path: string,
  signal: AbortSignal,
): Promise<void> {
  // By hand, not by `git init`: one process less for each repository, and no templates of the machine.
  await mkdir(join(path, 'objects'), { recursive: true });
  await mkdir(join(path, 'refs'));
  await writeFile(join(path, 'HEAD'), 'ref: refs/heads/main\n');
  await writeFile(join(path, 'config'), CONFIG);
  if (plan.commits.length === 0) return;
  const { code, stderr } = await runProcess(
    {
      command: 'git',
      // `unpackLimit` 0: keep the one pack that the import writes.
      args: ['-c', 'fastimport.unpackLimit=0', '--git-dir', path, 'fast-import', '--quiet', '--done'],
      env: sandboxGitEnvironment(),
      input: fastImportStream(plan),
      timeoutMs: IMPORT_TIMEOUT_MS,
      maxOutputBytes: 64 * 1024,
    },
    { signal },
  );
  if (code !== 0) throw new Error(`git fast-import of ${plan.name} ended with ${code}: ${stderr}`);
}
