import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { ConfigError } from '../core/errors/audit-error.js';
import type { WrittenFile } from '../yaml/check-yaml.js';
import type { Shell } from './shell.js';

/** Configurations, registers and inventories: an inventory of 50,000 keys has about 60 MB. */
const MAX_BYTES = 256 * 2 ** 20;

export interface InputFile {
  /** As the user wrote it. */
  readonly path: string;
  /** `the configuration`, for messages. */
  readonly what: string;
  readonly hint?: string;
}

/** @throws ConfigError when it is not there, no file, too large or not UTF-8. */
export async function readInputFile({ path, what, hint }: InputFile, shell: Shell): Promise<WrittenFile> {
  const absolute = resolve(shell.cwd, path);
  const found = await stat(absolute).catch(() => undefined);
  if (found?.isFile() !== true) {
    throw new ConfigError(`${what} ${path} is not there`, hint === undefined ? {} : { hint });
  }
  if (found.size > MAX_BYTES)
    throw new ConfigError(`${what} ${path} has ${found.size} bytes, at most ${MAX_BYTES} are read`);
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await readFile(absolute));
    return { file: path, text };
  } catch (cause) {
    throw new ConfigError(`${what} ${path} cannot be read as UTF-8 text`, { cause });
  }
}
