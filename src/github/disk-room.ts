import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../core/run-context.js';
import { onAbort } from '../process/on-abort.js';

/** How much repositories may take on disk, and where. */
export interface DiskRoom {
  /** Everything below it counts. */
  readonly directory: string;
  readonly maxBytes: number;
}

/** Bytes of all files below a folder; 0 where there is none. */
export async function folderBytes(folder: string): Promise<number> {
  const files = await readdir(folder, { recursive: true }).catch(() => []);
  // One that goes away meanwhile takes no room.
  const sizes = await Promise.all(
    files.map((file) =>
      stat(join(folder, file)).then(
        (found) => (found.isFile() ? found.size : 0),
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

interface Making {
  readonly bytes: number;
  readonly folders: readonly string[];
  readonly drop: (folder: string) => Promise<void>;
}

/** Drops folders, the largest first, until `bytes` more fit. @returns whether they do. */
export async function makeRoom(room: DiskRoom, { bytes, folders, drop }: Making): Promise<boolean> {
  const sized = await Promise.all(
    folders.map(async (folder) => ({ folder, size: await folderBytes(folder) })),
  );
  let used = await folderBytes(room.directory);
  for (const { folder, size } of sized.toSorted((a, b) => b.size - a.size)) {
    if (used + bytes <= room.maxBytes) return true;
    await drop(folder);
    used -= size;
  }
  return used + bytes <= room.maxBytes;
}

/** Between two looks at what is taken. */
const LOOK_EVERY_MS = 100;

/** Thrown where work needs more room than there is. */
export class NoRoom extends Error {}

export interface Guarded {
  readonly clock: Pick<Clock, 'sleep'>;
  readonly signal: AbortSignal;
}

/**
 * Does some work that fills the disk, and stops it once more is taken than may be.
 * @throws NoRoom then; otherwise what the work throws.
 */
export async function withinRoom<T>(
  room: DiskRoom,
  { clock, signal }: Guarded,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const full = new AbortController();
  const release = onAbort(signal, () => full.abort(signal.reason));
  const done = new AbortController();
  const watch = watchRoom({ room, full, until: done.signal, clock });
  try {
    signal.throwIfAborted();
    const result = await work(full.signal);
    if ((await folderBytes(room.directory)) > room.maxBytes) throw new NoRoom();
    return result;
  } catch (error) {
    signal.throwIfAborted();
    if (full.signal.aborted) throw new NoRoom();
    throw error;
  } finally {
    release();
    done.abort();
    await watch;
  }
}

interface Watch {
  readonly room: DiskRoom;
  readonly full: AbortController;
  readonly until: AbortSignal;
  readonly clock: Pick<Clock, 'sleep'>;
}

async function watchRoom({ room, full, until, clock }: Watch): Promise<void> {
  while (!until.aborted && !full.signal.aborted) {
    if ((await folderBytes(room.directory)) > room.maxBytes) full.abort(new NoRoom());
    await clock.sleep(LOOK_EVERY_MS, until).catch(() => undefined);
  }
}
