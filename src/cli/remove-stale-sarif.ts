import { open, readdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ConfigError } from '../core/errors/audit-error.js';
import { TOOL } from './tool.js';

const FOLDER = 'github';
const FILE_NAME = /^[A-Za-z0-9._-]{1,140}\.sarif$/;
/** How every file for code scanning begins that this tool wrote, whatever its version. */
const BEGINNING = `"runs":[\n{"tool":{"driver":{"name":"${TOOL.name}"`;
const HEAD_BYTES = 512;

/**
 * Removes the files for GitHub code scanning of earlier audits: what was left out this time must not be uploaded as if it
 * were of today. Files that something else put there stay.
 * @param directory the reports folder, absolute
 * @param written paths of this audit, slash-separated, relative to it
 */
export async function removeStaleSarif(directory: string, written: readonly string[]): Promise<void> {
  const folder = resolve(directory, FOLDER);
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const kept = new Set(written);
  for (const entry of entries) {
    if (!entry.isFile() || !FILE_NAME.test(entry.name) || kept.has(`${FOLDER}/${entry.name}`)) continue;
    const path = join(folder, entry.name);
    if (await isOurs(path)) await remove(path);
  }
}

async function isOurs(path: string): Promise<boolean> {
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.toString('utf8', 0, bytesRead).includes(BEGINNING);
  } finally {
    await handle.close();
  }
}

async function remove(path: string): Promise<void> {
  await rm(path).catch((cause: unknown) => {
    throw new ConfigError(`${path} is of an earlier audit and cannot be removed; it must not be uploaded`, {
      cause,
    });
  });
}
