import { randomBytes } from 'node:crypto';
import { link, mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { type CacheFolder, ScanCache } from '../leaks/cache/scan-cache.js';
import { pruneFolder } from './prune-cache.js';
import type { Shell } from './shell.js';
import { toolVersion } from './tool.js';

/** Part of the folder's name: what another version of the program kept is not read, and thrown away. */
const LAYOUT = 'scans-1';
const KEY_BYTES = 32;
/** A draft that is older belongs to a run that was killed. */
const MAX_DRAFT_MS = 3_600_000;

/**
 * Opens what earlier runs remember of their scans; undefined where none is to be kept. It holds ids and digests alone, and can
 * be thrown away at any time. Several processes may use it at once: files are whole, and the last one to come counts.
 */
export async function openScanCache(
  cacheDirectory: string | undefined,
  shell: Shell,
): Promise<ScanCache | undefined> {
  if (cacheDirectory === undefined) return undefined;
  const root = resolve(shell.cwd, cacheDirectory);
  const directory = join(root, LAYOUT);
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    await tidy(root, directory, shell);
    // Of one repository, all begin with the same digits.
    const groupOf = (name: string): string | undefined => /^([0-9a-f]{24})\./.exec(name)?.[1];
    await pruneFolder({ folder: directory, groupOf }, shell);
    const key = await keyIn(directory);
    return new ScanCache({
      folder: cacheFolder({ root, directory, key, nowMs: () => shell.clock.now() }),
      tool: toolVersion(),
    });
  } catch (error) {
    if (!isFileSystemError(error)) throw error;
    shell.warn(
      `${cacheDirectory} cannot be used (${error.code}): everything is scanned, and nothing is kept`,
    );
    return undefined;
  }
}

interface Opened {
  readonly root: string;
  readonly directory: string;
  readonly key: Buffer;
  readonly nowMs: () => number;
}

function cacheFolder({ root, directory, key, nowMs }: Opened): CacheFolder {
  return {
    key,
    // A mirror lies in the same folder, and may move with it.
    nameOf(gitDir) {
      const inside = relative(root, gitDir);
      return inside.startsWith('..') || isAbsolute(inside) ? gitDir : inside.split(sep).join('/');
    },
    async read(file) {
      const bytes = await readFile(join(directory, file)).catch(nothingThere);
      const now = new Date(nowMs());
      if (bytes !== undefined) await utimes(join(directory, file), now, now).catch(nothingThere);
      return bytes;
    },
    write: (file, bytes) => writeDraft(join(directory, file), bytes).catch(nothingThere),
    async removeOthers(prefix, file) {
      const names = await readdir(directory).catch(() => []);
      const others = names.filter((name) => name.startsWith(prefix) && name !== file);
      for (const name of others) await rm(join(directory, name), { force: true }).catch(nothingThere);
    },
  };
}

/** A cache that cannot be read or written costs time and nothing else. @throws what is no fault of the file system. */
function nothingThere(error: unknown): undefined {
  if (!isFileSystemError(error)) throw error;
}

const isFileSystemError = (error: unknown): error is Error & { readonly code: string } =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && 'syscall' in error;

/** Whole or not at all. That it is on the disk is not waited for: what a power failure leaves is told by its seal. */
async function writeDraft(path: string, bytes: Buffer): Promise<void> {
  const draft = draftOf(path);
  try {
    await writeFile(draft, bytes, { flag: 'wx', mode: 0o600 });
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

const draftOf = (path: string): string => `${path}.${randomBytes(6).toString('hex')}.tmp`;

/** Of two processes that make one at once, both use the first one's. */
async function keyIn(directory: string): Promise<Buffer> {
  const path = join(directory, 'key');
  const there = await readFile(path).catch(nothingThere);
  if (there?.length === KEY_BYTES) return there;
  await rm(path, { force: true });
  const draft = draftOf(path);
  await writeFile(draft, randomBytes(KEY_BYTES), { flag: 'wx', mode: 0o600 });
  await link(draft, path).catch(nothingThere);
  await rm(draft, { force: true });
  return readFile(path);
}

async function tidy(root: string, directory: string, { clock }: Shell): Promise<void> {
  const others = (await readdir(root)).filter((name) => /^scans-\d+$/.test(name) && name !== LAYOUT);
  for (const name of others) await rm(join(root, name), { recursive: true, force: true });
  for (const name of (await readdir(directory)).filter((file) => file.endsWith('.tmp'))) {
    const path = join(directory, name);
    const draft = await stat(path).catch(nothingThere);
    if (draft !== undefined && clock.now() - draft.mtimeMs > MAX_DRAFT_MS) await rm(path, { force: true });
  }
}
