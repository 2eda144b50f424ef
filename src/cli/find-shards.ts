import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { compareText } from '../core/compare-text.js';
import { ConfigError } from '../core/errors/audit-error.js';
import { readShard, SHARD_FILE, type ShardRecord } from '../shards/shard-record.js';
import { readInputFile } from './read-input-file.js';
import type { Shell } from './shell.js';

/**
 * Reads the records of shards in folders, or one folder further down, as engines that collect files lay them out.
 * @throws ConfigError when there is none, or one cannot be read.
 */
export async function findShards(folders: readonly string[], shell: Shell): Promise<readonly ShardRecord[]> {
  const paths = (await Promise.all(folders.map((folder) => pathsIn(folder, shell)))).flat();
  if (paths.length === 0) {
    throw new ConfigError(`none of these folders holds a ${SHARD_FILE}, nor does a folder in them`, {
      hint: 'keyaudit audit --shard I/N --out DIR writes one',
    });
  }
  const records: ShardRecord[] = [];
  for (const path of paths) {
    const { text, file } = await readInputFile({ path, what: 'the result of a shard' }, shell);
    records.push(readShard(text, file));
  }
  return records;
}

async function pathsIn(folder: string, shell: Shell): Promise<readonly string[]> {
  const own = join(folder, SHARD_FILE);
  if (await isFile(own, shell)) return [own];
  const entries = await readdir(resolve(shell.cwd, folder)).catch(() => undefined);
  if (entries === undefined) throw new ConfigError(`the folder ${folder} is not there, or may not be read`);
  const below = entries.toSorted(compareText).map((entry) => join(folder, entry, SHARD_FILE));
  const found = await Promise.all(below.map((path) => isFile(path, shell)));
  return below.filter((_, at) => found[at]);
}

const isFile = async (path: string, { cwd }: Shell): Promise<boolean> =>
  (await stat(resolve(cwd, path)).catch(() => undefined))?.isFile() === true;
