import { access } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { Config } from '../config/config.js';
import { UsageError } from '../core/errors/audit-error.js';
import type { GithubEntry } from '../github/github-entry.js';
import { type AuditOptions, auditOptions } from './audit-options.js';
import { type Invocation, switchedOn, textFlag } from './command.js';
import { FLAGS } from './flags.js';
import { defaultConfig } from './default-config.js';
import { NO_INVENTORY_CACHE } from './inventory-cache.js';
import { besideConfig, loadConfig } from './load-config.js';
import { readPrepared } from './prepared.js';
import { copyStaged } from './copy-staged.js';
import type { Shell } from './shell.js';

/**
 * An audit of repositories alone: no source is asked, and only the rules about leaks judge.
 * What may not be in a repository at all deserves a lower bar than a key's settings: the gate fails on `medium`, unless
 * the command line says otherwise.
 */
export async function leakOptions(invocation: Invocation, shell: Shell): Promise<AuditOptions> {
  const config = await configOrDefaults(invocation, shell);
  const staged = switchedOn(invocation, 'staged');
  if (staged && invocation.args.length > 0) throw new UsageError('--staged takes no paths');
  const repositories = staged ? STAGED_ONLY : await namedOrConfigured(invocation, config, shell);
  if (repositories.local.length + repositories.github.length === 0) {
    throw new UsageError('no repository is named', { hint: 'keyaudit leaks .   looks into this folder' });
  }
  const leaksOnly: Config = {
    ...config,
    // Paths on the command line start where the user stands, so those of the configuration are made to as well.
    file: basename(config.file),
    leaks: {
      ...config.leaks,
      detectors: config.leaks.detectors.map((path) => besideConfig(config, path)),
      gitleaks: config.leaks.gitleaks.map((path) => besideConfig(config, path)),
    },
    rules: {
      ...config.rules,
      directories: config.rules.directories.map((path) => besideConfig(config, path)),
    },
    sources: [],
    suppressions: config.suppressions.filter(({ rule }) => rule.startsWith('leaked-')),
    gate: { ...config.gate, failOn: 'medium' },
    repositories,
  };
  return {
    ...(await auditOptions(invocation, { config: leaksOnly, register: undefined }, shell)),
    only: 'leak',
    // No vendor is asked, so there is no inventory to keep, nor one to compare with.
    cache: NO_INVENTORY_CACHE,
    ...(staged ? { folders: new Map([['.', await copyStaged(shell)]]) } : {}),
  };
}

const STAGED_ONLY: Config['repositories'] = { local: ['.'], github: [] };

const namedOrConfigured = async (
  invocation: Invocation,
  config: Config,
  shell: Shell,
): Promise<Config['repositories']> =>
  invocation.args.length === 0 ? configuredRepositories(config) : namedRepositories(invocation.args, shell);

async function configOrDefaults(invocation: Invocation, shell: Shell): Promise<Config> {
  const named = textFlag(invocation, 'config') !== undefined;
  const there = await access(resolve(shell.cwd, FLAGS.config.default)).then(
    () => true,
    () => false,
  );
  if (named || (there && invocation.args.length === 0)) return loadConfig(invocation, shell);
  return readPrepared()?.config ?? defaultConfig();
}

function configuredRepositories(config: Config): Config['repositories'] {
  const { local, github } = config.repositories;
  return { local: local.map((path) => besideConfig(config, path)), github };
}

async function namedRepositories(args: readonly string[], shell: Shell): Promise<Config['repositories']> {
  const urls = args.filter((arg) => /^https?:\/\//.test(arg));
  const paths = args.filter((arg) => !urls.includes(arg));
  return {
    local: paths,
    github: await Promise.all(urls.map((url) => entryOf(url, shell))),
  };
}

/** `https://HOST/owner/name`, as a browser shows it. */
async function entryOf(text: string, shell: Shell): Promise<GithubEntry> {
  const { githubEntrySchema } = await import('../github/github-entry.js');
  const refused = new UsageError('expected the address of a GitHub repository: https://HOST/owner/name', {
    hint: 'clone anything else and name its folder',
  });
  if (!URL.canParse(text)) throw refused;
  const { origin, host, pathname } = new URL(text);
  const parsed = githubEntrySchema.safeParse({
    apiUrl: host === 'github.com' ? 'https://api.github.com' : `${origin}/api/v3`,
    repos: [pathname.replace(/^\//, '').replace(/(?:\.git)?\/?$/, '')],
    ...(shell.env['GITHUB_TOKEN'] === undefined ? {} : { token: { env: 'GITHUB_TOKEN' } }),
  });
  if (!parsed.success) throw refused;
  return parsed.data;
}
