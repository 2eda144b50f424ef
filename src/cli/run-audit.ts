import { audit, type AuditContext, type AuditRequest } from '../audit.js';
import type { SubjectKind } from '../core/finding.js';
import type { AuditResult } from '../core/result.js';
import { HttpSession } from '../http/session.js';
import { BUILT_IN_DETECTORS, loadDetectors } from '../leaks/detectors/load-detectors.js';
import type { RuleSet } from '../rules/rule-set.js';
import { type AuditOptions, now } from './audit-options.js';
import { type Gathered, gatherTargets } from './gather-targets.js';
import { rulesOf } from './load-rules.js';
import { pepperOf } from './pepper.js';
import { openRepositoryCache, type RepositoryCache } from './repository-cache.js';
import type { Shell } from './shell.js';
import { TOOL } from './tool.js';

/** Loads the rules, then audits with everything that this shell offers. */
export const runAudit = (options: AuditOptions, shell: Shell): Promise<AuditResult> =>
  inAudit(options, shell, audit);

interface ShellContext extends AuditContext {
  readonly gather: () => Promise<Gathered>;
}

/** Makes everything ready that an audit, or a half of one, works with. */
export async function inAudit<T>(
  options: AuditOptions,
  shell: Shell,
  work: (request: AuditRequest, ctx: ShellContext) => Promise<T>,
): Promise<T> {
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
  try {
    return await work(request, {
      signal,
      clock,
      progress,
      env,
      protect,
      ...(pepper === undefined ? {} : { pepper }),
      keep: (inventory) => options.cache.keep(inventory),
      stamp: () => (options.fixedTime ? options.asOf : now(shell)),
      gather: () => gatherTargets({ ...options, openFolder }, session, shell),
    });
  } finally {
    await session.close();
    await repositories?.release();
  }
}

async function requestOf(options: AuditOptions): Promise<AuditRequest> {
  const { config, register, asOf, recorded, cache, known, until } = options;
  const [loaded, detectors] = await Promise.all([
    rulesOf(config, options.only),
    loadDetectors([BUILT_IN_DETECTORS]),
  ]);
  const rules = options.only === undefined ? loaded : rulesAbout(options.only, loaded);
  const { previous, notes } = cache;
  return { tool: TOOL, config, register, rules, detectors, asOf, recorded, previous, notes, known, until };
}

const rulesAbout = (kind: SubjectKind, { rules, compiled, ...rest }: RuleSet): RuleSet => ({
  ...rest,
  rules: rules.filter(({ subject }) => subject === kind),
  compiled: compiled.filter(({ rule }) => rule.subject === kind),
});
