import { audit, type AuditContext, type AuditRequest } from '../audit.js';
import type { AuditResult } from '../core/result.js';
import { HttpSession } from '../http/session.js';
import type { JudgingRules } from '../rules/rule-set.js';
import { type AuditOptions, now } from './audit-options.js';
import { type GatheredAll, gatherTargets } from './gather-targets.js';
import { namedCredentials } from './named-credentials.js';
import { pepperOf } from './pepper.js';
import { readPrepared } from './prepared.js';
import { openRepositoryCache, type RepositoryCache } from './repository-cache.js';
import { openScanCache } from './scan-folder.js';
import type { Shell } from './shell.js';
import { TOOL } from './tool.js';

/** Loads the rules, then audits with everything that this shell offers. */
export const runAudit = (options: AuditOptions, shell: Shell): Promise<AuditResult> =>
  inAudit(options, shell, audit);

interface ShellContext extends AuditContext {
  readonly gather: () => Promise<GatheredAll>;
}

/** Makes everything ready that an audit, or a half of one, works with. */
export async function inAudit<T>(
  options: AuditOptions,
  shell: Shell,
  work: (request: AuditRequest, ctx: ShellContext) => Promise<T>,
): Promise<T> {
  shell.protect(namedCredentials(options.config, shell.env));
  const request = await requestOf(options);
  const pepper = pepperOf(shell.env);
  if (pepper !== undefined) shell.protect([pepper]);
  const { signal, clock, progress, env, protect } = shell;
  const session = new HttpSession({ signal, clock, env });
  let repositories: RepositoryCache | undefined;
  const openFolder = async (): Promise<string> => {
    repositories = await openRepositoryCache(options.cacheDirectory, shell);
    return repositories.directory;
  };
  let gathered: GatheredAll | undefined;
  const gather = async (): Promise<GatheredAll> => {
    gathered = await gatherTargets({ ...options, openFolder }, session, shell);
    return gathered;
  };
  try {
    const result = await work(request, {
      signal,
      clock,
      progress,
      env,
      protect,
      ...(pepper === undefined ? {} : { pepper }),
      keep: (inventory) => options.cache.keep(inventory),
      stamp: () => (options.fixedTime ? options.asOf : now(shell)),
      scanCache: await openScanCache(options.cacheDirectory, shell),
      gather,
    });
    await gathered?.save();
    return result;
  } finally {
    await session.close();
    await repositories?.release();
  }
}

async function requestOf(options: AuditOptions): Promise<AuditRequest> {
  const { config, register, asOf, recorded, cache, known, until } = options;
  const { rules, detectors, told } = preparedData(options) ?? (await loadData(options));
  const { previous } = cache;
  const notes = [...(cache.notes ?? []), ...told];
  return { tool: TOOL, config, register, rules, detectors, asOf, recorded, previous, notes, known, until };
}

interface Data extends Pick<AuditRequest, 'rules' | 'detectors'> {
  /** What became of imported rules. */
  readonly told: readonly string[];
}

/** For a leak scan by the built-in rules: nothing can be judged by them until {@link runLeaks} loads them. */
function preparedData({ config, only }: AuditOptions): Data | undefined {
  const { directories, disable, params, severity } = config.rules;
  const { detectors, gitleaks } = config.leaks;
  const more = [...directories, ...disable, ...detectors, ...gitleaks];
  const overrides = [...more, ...Object.keys(params), ...Object.keys(severity)];
  const prepared = only === 'leak' && overrides.length === 0 ? readPrepared() : undefined;
  return (
    prepared && {
      rules: { rules: prepared.rules, compiled: [], compilers: NO_FACTS },
      detectors: prepared.detectors,
      told: [],
    }
  );
}

const NOTHING = { factsOf: () => ({ params: {} }) };
const NO_FACTS: JudgingRules['compilers'] = { key: NOTHING, leak: NOTHING, source: NOTHING };

async function loadData({ config, only }: AuditOptions): Promise<Data> {
  const [{ loadLeakRules, rulesOf }, { configuredDetectors, importNotes }] = await Promise.all([
    import('./load-rules.js'),
    import('./load-detectors.js'),
  ]);
  const [rules, { detectors, imports }] = await Promise.all([
    only === 'leak' ? loadLeakRules(config) : rulesOf(config),
    configuredDetectors(config),
  ]);
  return { rules, detectors, told: importNotes(imports) };
}
