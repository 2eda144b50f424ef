import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import type { Clock } from '../core/run-context.js';
import { isAlive } from './is-alive.js';

/** Longer than any run takes: whoever took the lock on another machine, or as a process whose number was given away, is gone. */
const MAX_HELD_MS = 12 * 3_600_000;
/** Taking over takes milliseconds; who needs longer was killed. */
const MAX_TURN_MS = 60_000;

/**
 * Takes a lock that all processes respect which use a folder. One that a killed process left is taken over.
 * @param path of the lock, a file that this creates
 * @returns what lets go of it; undefined while another process holds it.
 */
export async function acquireLock(
  path: string,
  clock: Pick<Clock, 'now'>,
): Promise<(() => Promise<void>) | undefined> {
  await mkdir(dirname(path), { recursive: true });
  if (await create(path)) return () => rm(path, { force: true });
  return (await takeOver(path, clock)) ? () => rm(path, { force: true }) : undefined;
}

/** Of several that find a lock left behind, one at a time looks again, so that none removes what another one just took. */
async function takeOver(path: string, clock: Pick<Clock, 'now'>): Promise<boolean> {
  if (await isHeld(path, clock)) return false;
  const turn = `${path}.turn`;
  const since = await stat(turn).catch(() => undefined);
  if (since !== undefined && clock.now() - since.mtimeMs > MAX_TURN_MS) await rm(turn, { recursive: true });
  const isOurs = await mkdir(turn).then(
    () => true,
    () => false,
  );
  if (!isOurs) return false;
  try {
    if (await isHeld(path, clock)) return false;
    await rm(path, { force: true });
    return await create(path);
  } finally {
    await rm(turn, { recursive: true, force: true });
  }
}

async function create(path: string): Promise<boolean> {
  try {
    await writeFile(path, JSON.stringify({ host: hostname(), pid: process.pid }), {
      flag: 'wx',
      mode: 0o600,
    });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    // On a full disk the file is there, and empty.
    await rm(path, { force: true });
    throw error;
  }
}

async function isHeld(path: string, clock: Pick<Clock, 'now'>): Promise<boolean> {
  const [text, found] = await Promise.all([
    readFile(path, 'utf8').catch(() => undefined),
    stat(path).catch(() => undefined),
  ]);
  // Let go of at this moment: the next run has it.
  if (text === undefined || found === undefined) return true;
  if (clock.now() - found.mtimeMs > MAX_HELD_MS) return false;
  const owner = ownerIn(text);
  if (owner === undefined || owner.host !== hostname()) return true;
  return owner.pid !== process.pid && isAlive(owner.pid);
}

interface Owner {
  readonly host: string;
  readonly pid: number;
}

function ownerIn(text: string): Owner | undefined {
  try {
    const data: unknown = JSON.parse(text);
    if (typeof data !== 'object' || data === null || !('host' in data) || !('pid' in data)) return undefined;
    const { host, pid } = data;
    return typeof host === 'string' && typeof pid === 'number' ? { host, pid } : undefined;
  } catch {
    return undefined;
  }
}
