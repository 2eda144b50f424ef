import { dirname, join, relative, resolve } from 'node:path';
import type { Config } from '../config/config.js';
import type { Register } from '../inventory/register.js';
import { type Invocation, textFlag } from './command.js';
import { FLAGS } from './flags.js';
import { readInputFile } from './read-input-file.js';
import type { Shell } from './shell.js';

export interface Setup {
  readonly config: Config;
  readonly register: Register | undefined;
}

/** Reads the configuration that `--config` names, and the key register that it names, from beside it. */
export async function loadSetup(invocation: Invocation, shell: Shell): Promise<Setup> {
  const config = await loadConfig(invocation, shell);
  return { config, register: await loadRegister(config, shell) };
}

/** Reads the configuration alone. */
export async function loadConfig(invocation: Invocation, shell: Shell): Promise<Config> {
  const path = textFlag(invocation, 'config') ?? FLAGS.config.default;
  const hint = 'keyaudit init writes one with comments; --config FILE names another';
  const { readConfig } = await import('../config/config.js');
  return readConfig(await readInputFile({ path, what: 'the configuration', hint }, shell));
}

/** A path in the configuration starts at the folder that the configuration lies in. */
export const besideConfig = (config: Config, path: string): string =>
  path.startsWith('/') ? path : join(dirname(config.file), path);

async function loadRegister(config: Config, shell: Shell): Promise<Register | undefined> {
  if (config.register === undefined) return undefined;
  const path = besideConfig(config, config.register);
  const hint = `${config.file} names it as register; leave that line out to go without one`;
  const written = await readInputFile({ path, what: 'the key register', hint }, shell);
  const { readRegister } = await import('../inventory/register.js');
  return readRegister({ ...written, file: relative(shell.cwd, resolve(shell.cwd, path)) || path });
}
