import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { COMMANDS } from '../../src/cli/commands/index.js';
import { run } from '../../src/cli/run.js';
import { keyId } from '../../src/core/brand.js';
import type { Coverage } from '../../src/core/coverage.js';
import { writeInventory } from '../../src/inventory/record.js';
import { aCoverage, aKey, instant } from './audit-result.js';
import { createTestShell, type TestShell, type TestShellOptions } from './test-shell.js';

/** A folder with a configuration and a recorded inventory, where whole commands run in milliseconds and ask nobody. */
export interface OfflineFolder {
  readonly shell: TestShell;
  readonly path: (name: string) => string;
  readonly put: (name: string, text: string) => Promise<void>;
  /** Records an inventory with one faulty key for each id. */
  readonly record: (ids: readonly string[], coverage?: readonly Coverage[]) => Promise<void>;
  /** Runs a command line; `audit` and `baseline` judge the recorded inventory as of a fixed day. */
  readonly run: (...argv: readonly string[]) => Promise<number>;
}

export const FIXED_DAY = '2026-11-05';

export async function offlineFolder(options: TestShellOptions = {}): Promise<OfflineFolder> {
  const shell = await createTestShell(options);
  const path = (name: string): string => join(shell.folder, name);
  const put = async (name: string, text: string): Promise<void> => {
    await mkdir(dirname(path(name)), { recursive: true });
    await writeFile(path(name), text);
  };
  await put('audit.config.yaml', 'version: 1\n');
  return {
    shell,
    path,
    put,
    record: (ids, coverage = [aCoverage()]) =>
      put(
        'keys.json',
        writeInventory({
          schemaVersion: 1,
          collectedAt: instant('2026-11-01'),
          keys: ids.map((id) => aKey({ id: keyId(id) })),
          projects: [],
          coverage,
        }),
      ),
    run: (command = 'audit', ...argv) => {
      const day = argv.includes('--as-of') ? [] : ['--as-of', FIXED_DAY];
      return run([command, '--inventory', 'keys.json', ...day, ...argv], COMMANDS, shell);
    },
  };
}
