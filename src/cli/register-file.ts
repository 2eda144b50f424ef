import { access } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import type { Config } from '../config/config.js';
import { ConfigError } from '../core/errors/audit-error.js';
import type { KeyRecord } from '../core/key.js';
import { extendRegister } from '../inventory/extend-register.js';
import type { WrittenFile } from '../yaml/check-yaml.js';
import { besideConfig } from './load-config.js';
import { readInputFile } from './read-input-file.js';
import type { Shell } from './shell.js';

const USUAL_FILE = 'audit.keys.yaml';

/** The key register as a file that keys can be added to. */
export interface RegisterFile {
  /** Writes it with the keys that it lacks, whole or not at all. Answers what was done, in lines for people. */
  add(keys: readonly KeyRecord[]): Promise<readonly string[]>;
}

/** @throws ProblemsError when the register has mistakes: before anybody is asked for keys. */
export async function openRegister(config: Config, shell: Shell): Promise<RegisterFile> {
  const path = besideConfig(config, config.register ?? USUAL_FILE);
  const file = relative(shell.cwd, resolve(shell.cwd, path)) || path;
  const before = await readIfThere(path, file, shell);
  extendRegister(before, file, []);
  return {
    async add(keys) {
      const { text, added, refused } = extendRegister(before, file, keys);
      if (added > 0) await write(resolve(shell.cwd, path), { file, text }, shell);
      return [
        `${added === 0 ? 'No key was' : added === 1 ? '1 key was' : `${added} keys were`} added to ${file}`,
        ...(refused.length === 0
          ? []
          : [`${refused.length} left out: their ids look like values of keys, which no register may hold`]),
        ...(config.register === undefined ? [`Name it in ${config.file}: register: ${USUAL_FILE}`] : []),
      ];
    },
  };
}

async function readIfThere(path: string, file: string, shell: Shell): Promise<WrittenFile | undefined> {
  const isThere = await access(resolve(shell.cwd, path)).then(
    () => true,
    () => false,
  );
  if (!isThere) return undefined;
  return { ...(await readInputFile({ path, what: 'the key register' }, shell)), file };
}

async function write(path: string, { file, text }: WrittenFile, shell: Shell): Promise<void> {
  await shell.writeFile(path, text).catch((cause: unknown) => {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown error';
    throw new ConfigError(`the key register ${file} cannot be written: ${code}`, { cause });
  });
}
