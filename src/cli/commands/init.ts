import { lstat, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { ConfigError, UsageError } from '../../core/errors/audit-error.js';
import { type Command, switchedOn, textFlag } from '../command.js';
import type { Shell } from '../shell.js';
import { CI_SYSTEMS, type CiSystem, type StarterFile, starterFiles, starterText } from '../starter-files.js';

export const initCommand: Command = {
  name: 'init',
  summary: 'write a commented audit.config.yaml, a key register and CI files into this folder',
  maxArgs: 0,
  flags: ['ci', 'force'],
  examples: [
    ['keyaudit init', 'with a weekly workflow and a release gate for GitHub Actions'],
    ['keyaudit init --ci gitlab', 'or jenkins, pre-commit, none'],
    ['keyaudit init --ci github-shards', 'for thousands of repositories: many machines, one result'],
  ],
  async run(invocation, shell) {
    const files = starterFiles(systemOf(textFlag(invocation, 'ci')));
    const there = await present(files, shell);
    if (there.length > 0 && !switchedOn(invocation, 'force')) throw refusal(there);
    await writeAll(files, there, shell);
    if (switchedOn(invocation, 'quiet')) return 0;
    for (const { path } of files) shell.print(`wrote ${path}`);
    shell.print('Next: put your accounts into audit.config.yaml, then keyaudit audit');
    return 0;
  },
};

const systemOf = (name: string | undefined): CiSystem =>
  CI_SYSTEMS.find((system) => system === name) ?? 'github';

const refusal = (paths: readonly string[]): UsageError =>
  new UsageError(`${paths.join(', ')}: already there, so nothing was written`, {
    hint: 'keyaudit init --force replaces them; --ci none leaves the CI files out',
  });

async function present(files: readonly StarterFile[], { cwd }: Shell): Promise<readonly string[]> {
  const found = await Promise.all(
    files.map(({ path }) =>
      lstat(resolve(cwd, path)).then(
        () => [path],
        () => [],
      ),
    ),
  );
  return found.flat();
}

/** All or none: what was new is taken away again when a later one cannot be written. */
async function writeAll(
  files: readonly StarterFile[],
  there: readonly string[],
  shell: Shell,
): Promise<void> {
  // All are read before the first is written.
  const texts = await Promise.all(files.map(async (file) => ({ ...file, text: await starterText(file) })));
  const written: string[] = [];
  for (const { path, text } of texts) {
    const absolute = resolve(shell.cwd, path);
    await shell.writeFile(absolute, text).catch(async (cause: unknown) => {
      for (const one of written) await rm(one, { force: true });
      throw new ConfigError(`${path} cannot be written, so nothing new was`, { cause });
    });
    if (!there.includes(path)) written.push(absolute);
  }
}
