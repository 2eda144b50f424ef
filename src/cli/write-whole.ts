import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { isAlive } from './is-alive.js';

/** Tells the drafts of this machine from those of others that share the folder. */
const HOST = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
/** Drafts that this process is writing. */
const drafting = new Set<string>();

/**
 * Writes a file whole or not at all: into a new file beside it, which takes its place once it is complete and on disk.
 * A symbolic link at `path` is replaced, not followed. Drafts of the same file that a killed run left are removed.
 */
export async function writeWhole(path: string, chunks: Iterable<string>): Promise<void> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true });
  await removeAbandoned(path);
  const draft = `.${basename(path)}.${HOST}-${process.pid}-${randomBytes(6).toString('hex')}.tmp`;
  drafting.add(draft);
  try {
    await writeNew(join(folder, draft), chunks);
    await rename(join(folder, draft), path);
  } catch (error) {
    await rm(join(folder, draft), { force: true });
    throw error;
  } finally {
    drafting.delete(draft);
  }
}

async function writeNew(path: string, chunks: Iterable<string>): Promise<void> {
  const handle = await open(path, 'wx');
  try {
    // Not `write`: where the disk gets full, that writes a part and calls it done.
    for (const chunk of chunks) await handle.writeFile(chunk);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function removeAbandoned(path: string): Promise<void> {
  const start = `.${basename(path)}.${HOST}-`;
  for (const name of await readdir(dirname(path))) {
    const [, pid] = name.startsWith(start)
      ? (/^(\d{1,10})-[0-9a-f]{12}\.tmp$/.exec(name.slice(start.length)) ?? [])
      : [];
    if (pid === undefined || drafting.has(name)) continue;
    // A number of our own that is not ours: the process before us, in a container, had it too.
    if (Number(pid) !== process.pid && isAlive(Number(pid))) continue;
    await rm(join(dirname(path), name), { force: true });
  }
}
