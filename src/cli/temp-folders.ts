import { createHash } from 'node:crypto';
import { mkdtempSync, readlinkSync, rmSync } from 'node:fs';
import { lstat, readdir, realpath, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive } from './is-alive.js';

/** The temporary folders of this run. */
export interface TempFolders {
  /** A new folder that only this user can read (mode 0700). The first call removes what killed runs left. */
  make(): Promise<string>;
  /**
   * Synchronous, so that it also works while the process is being ended. To be called again at the very end: what was on its way to
   * the disk may have brought a folder back.
   */
  removeAll(): void;
}

export function createTempFolders(): TempFolders {
  const folders = new Set<string>();
  let sweeping: Promise<void> | undefined;
  return {
    async make() {
      const root = await realpath(tmpdir());
      await (sweeping ??= removeAbandoned(root));
      // At once: a folder that is made while the process ends must be known to it.
      const folder = mkdtempSync(join(root, `keyaudit-${processSpace()}-${process.pid}-`));
      folders.add(folder);
      return folder;
    },
    removeAll() {
      for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/** Tells where a process number means something: containers may share a machine's name and its temporary folder. */
function processSpace(): string {
  return createHash('sha256').update(`${hostname()}\0${pidNamespace()}`).digest('hex').slice(0, 8);
}

function pidNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}

/** Of runs that are gone, by this user: kill -9 leaves no time to tidy up, and clones may hold keys. */
async function removeAbandoned(root: string): Promise<void> {
  const start = `keyaudit-${processSpace()}-`;
  for (const name of await readdir(root).catch(() => [])) {
    const [, pid] = name.startsWith(start) ? (OWNER.exec(name.slice(start.length)) ?? []) : [];
    if (pid === undefined) continue;
    // A number of our own that is not ours: the process before us, in a container, had it too.
    if (Number(pid) !== process.pid && isAlive(Number(pid))) continue;
    if (await isOwnFolder(join(root, name))) {
      // A git that outlived its run may still write there: then the next run tries again.
      await rm(join(root, name), { recursive: true, force: true }).catch(() => undefined);
    }
  }
}

/** A process number, and what `mkdtemp` adds. */
const OWNER = /^(\d{1,10})-[0-9A-Za-z]{6}$/;

async function isOwnFolder(path: string): Promise<boolean> {
  const found = await lstat(path).catch(() => undefined);
  return found?.isDirectory() === true && found.uid === (process.getuid?.() ?? found.uid);
}
