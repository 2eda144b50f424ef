import { rmSync } from 'node:fs';
import { mkdtemp, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The temporary folders of this run. */
export interface TempFolders {
  /** A new folder that only this user can read (mode 0700). */
  make(): Promise<string>;
  /** Synchronous, so that it also works while the process is being ended. */
  removeAll(): void;
}

export function createTempFolders(): TempFolders {
  const folders = new Set<string>();
  return {
    async make() {
      const folder = await mkdtemp(join(await realpath(tmpdir()), 'keyaudit-'));
      folders.add(folder);
      return folder;
    },
    removeAll() {
      for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
      folders.clear();
    },
  };
}
