import { COMMANDS } from '../../src/cli/commands/index.js';
import { run } from '../../src/cli/run.js';
import {
  API_VIDEO_ADMIN_KEY,
  API_VIDEO_KEYS,
  UPLOAD_TOKENS,
} from '../../src/sandbox/company/api-video-keys.js';
import { COGNITIVE3D_KEYS } from '../../src/sandbox/company/cognitive3d-keys.js';
import { VIDBEO_KEYS } from '../../src/sandbox/company/vidbeo-keys.js';
import { PLANTED_LEAKS } from '../../src/sandbox/git/planted-leaks.js';
import { sandboxCredentials } from '../../src/sandbox/sandbox-credentials.js';
import { createTestShell, type TestShell, type TestShellOptions } from './test-shell.js';

/** Every secret value that the sandbox knows. */
export const SANDBOX_VALUES: readonly string[] = [
  ...new Set([
    API_VIDEO_ADMIN_KEY,
    ...API_VIDEO_KEYS.map(({ value }) => value),
    ...UPLOAD_TOKENS.map(({ value }) => value),
    ...VIDBEO_KEYS.map(({ value }) => value),
    ...COGNITIVE3D_KEYS.map(({ value }) => value),
    ...PLANTED_LEAKS.map(({ value }) => value),
    ...Object.values(sandboxCredentials()),
  ]),
];

export interface CommandRun {
  readonly shell: TestShell;
  readonly code: number;
}

/** Runs one command line as a user would, in a folder of its own. The caller cleans the shell. */
export async function runCommand(
  argv: readonly string[],
  options: TestShellOptions = {},
): Promise<CommandRun> {
  const shell = await createTestShell(options);
  return { shell, code: await run(argv, COMMANDS, shell) };
}
