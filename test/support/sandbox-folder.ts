import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { COMMANDS } from '../../src/cli/commands/index.js';
import { run } from '../../src/cli/run.js';
import { type Sandbox, SANDBOX_PORT } from '../../src/sandbox/start-sandbox.js';
import { createTestShell, type TestShell, type TestShellOptions } from './test-shell.js';

const ROOT = join(import.meta.dirname, '../..');

/** A folder with the demo's configuration, pointed at a running sandbox, and its key register. */
export interface SandboxFolder {
  readonly shell: TestShell;
  readonly path: (name: string) => string;
  readonly read: (name: string) => Promise<string>;
  readonly edit: (name: string, change: (text: string) => string) => Promise<void>;
  readonly run: (...argv: readonly string[]) => Promise<number>;
}

/** @param sources ids of the demo's sources to keep, in its order; repositories are left out */
export async function sandboxFolder(
  sandbox: Sandbox,
  sources: readonly string[],
  options: TestShellOptions = {},
): Promise<SandboxFolder> {
  const shell = await createTestShell({ ...options, env: { ...sandbox.credentials, ...options.env } });
  const path = (name: string): string => join(shell.folder, name);
  const read = (name: string): Promise<string> => readFile(path(name), 'utf8');
  const demo = await readFile(join(ROOT, 'audit.config.yaml'), 'utf8');
  const moved = demo.replaceAll(`http://127.0.0.1:${SANDBOX_PORT}`, sandbox.origin);
  await writeFile(path('audit.config.yaml'), onlySources(moved, sources));
  await copyFile(join(ROOT, 'audit.keys.yaml'), path('audit.keys.yaml'));
  return {
    shell,
    path,
    read,
    edit: async (name, change) => writeFile(path(name), change(await read(name))),
    run: (...argv) => run(argv, COMMANDS, shell),
  };
}

function onlySources(config: string, sources: readonly string[]): string {
  const withoutRepositories = config.replace(/\nrepositories:[\s\S]*?(?=\n[a-z]+:)/, '\n');
  return withoutRepositories.replace(/\nsources:[\s\S]*?(?=\n[a-z]+:)/, (text) => {
    const parts = text.split(/(?=\n {2}- id: )/);
    const kept = parts.filter((part) => sources.some((source) => part.includes(`- id: ${source}\n`)));
    return `\nsources:${kept.length === 0 ? ' []' : ''}\n${kept.join('')}\n`;
  });
}
