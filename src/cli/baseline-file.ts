import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Config } from '../config/config.js';
import { parseBaseline } from '../findings/baseline.js';
import { type Invocation, textFlag } from './command.js';
import { besideConfig } from './load-config.js';
import { readInputFile } from './read-input-file.js';
import type { Shell } from './shell.js';

const DEFAULT_NAME = 'audit.baseline';

/** The file that `--baseline` names, or `audit.baseline` beside the configuration. */
export const baselinePath = (invocation: Invocation, config: Config): string =>
  textFlag(invocation, 'baseline') ?? besideConfig(config, DEFAULT_NAME);

/**
 * Ids of the findings that are known.
 * @returns undefined without a baseline, which is no mistake unless `--baseline` names one
 */
export async function readBaseline(
  invocation: Invocation,
  config: Config,
  shell: Shell,
): Promise<ReadonlySet<string> | undefined> {
  const path = baselinePath(invocation, config);
  const named = textFlag(invocation, 'baseline') !== undefined;
  if (!named && !(await exists(path, shell))) return undefined;
  const hint = 'keyaudit baseline writes one';
  const { file, text } = await readInputFile({ path, what: 'the baseline', hint }, shell);
  return parseBaseline(text, file);
}

/** The baseline that a new one replaces; undefined for the first. */
export const replacedBaseline = async (
  path: string,
  shell: Shell,
): Promise<ReadonlySet<string> | undefined> =>
  (await exists(path, shell))
    ? parseBaseline((await readInputFile({ path, what: 'the baseline' }, shell)).text, path)
    : undefined;

const exists = async (path: string, { cwd }: Shell): Promise<boolean> =>
  (await stat(resolve(cwd, path)).catch(() => undefined)) !== undefined;
