import { access } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Config } from '../config/config.js';
import type { SubjectKind } from '../core/finding.js';
import { VOCABULARY } from '../facts/index.js';
import { loadRules } from '../rules/load.js';
import type { RuleSet } from '../rules/rule-set.js';
import { type Invocation, textFlag } from './command.js';
import { FLAGS } from './flags.js';
import { besideConfig, loadConfig } from './load-config.js';
import type { Shell } from './shell.js';

/** Only the rules about leaks. */
export async function loadLeakRules(config: Config): Promise<RuleSet> {
  const { rules, compiled, ...rest } = await rulesOf(config, 'leak');
  return {
    ...rest,
    rules: rules.filter(({ subject }) => subject === 'leak'),
    compiled: compiled.filter(({ rule }) => rule.subject === 'leak'),
  };
}

/**
 * The rules of a configuration: the built-in ones with its thresholds, and the user's own.
 * @param only nothing else will be judged, so that the others need not be loaded where the configuration names none.
 */
export async function rulesOf(config: Config, only?: SubjectKind): Promise<RuleSet> {
  const { directories, disable, params, severity } = config.rules;
  const isPlain = disable.length + Object.keys(params).length + Object.keys(severity).length === 0;
  return loadRules({
    builtInFolder: only === 'leak' && isPlain ? 'leaks' : undefined,
    vocabulary: VOCABULARY,
    directories: directories.map((folder) => besideConfig(config, folder)),
    disable,
    params,
    severity,
  });
}

/** The configured rules, or the built-in ones where no configuration is named and none lies here. */
export async function loadConfiguredRules(invocation: Invocation, shell: Shell): Promise<RuleSet> {
  const config = await configIfThere(invocation, shell);
  return config === undefined ? loadRules({ vocabulary: VOCABULARY }) : rulesOf(config);
}

/** The configuration that is named or lies here. */
export async function configIfThere(invocation: Invocation, shell: Shell): Promise<Config | undefined> {
  const named = textFlag(invocation, 'config') !== undefined;
  const isThere = named || (await exists(resolve(shell.cwd, FLAGS.config.default)));
  return isThere ? loadConfig(invocation, shell) : undefined;
}

const exists = async (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
