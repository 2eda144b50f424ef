import type { Check } from '../../core/check.js';
import type { ExitCode } from '../../core/errors/audit-error.js';
import { checkSources } from '../../inventory/check-sources.js';
import { collectInventory } from '../../inventory/collect.js';
import { checkCredentials } from '../check-credentials.js';
import { checkGithub } from '../check-github.js';
import { visible } from '../../reports/escape/visible.js';
import type { Command } from '../command.js';
import { loadSetup } from '../load-config.js';

export const doctorCommand: Command = {
  name: 'doctor',
  summary:
    "check configuration, credentials, reachability and the audit's own rights; sends nothing but reads",
  maxArgs: 0,
  flags: ['config'],
  examples: [['keyaudit doctor', 'each line begins with ok, warn or fail; below a fault stands what to do']],
  async run(invocation, shell) {
    const { config, register } = await loadSetup(invocation, shell);
    const { signal, clock, progress, env } = shell;
    const credentials = await checkCredentials(config.sources, shell);
    const broken = new Set(credentials.map(({ about }) => about));
    const sources = config.sources.filter(({ id }) => !broken.has(id));
    const collected = await collectInventory(sources, { signal, clock, progress, env });
    shell.protect(collected.ring.entries().map(({ secret }) => secret));
    const configured = new Set(config.sources.map(({ id }) => id));
    const checks = [
      { level: 'ok', about: config.file, found: `${config.sources.length} sources` } as const,
      ...credentials,
      ...checkSources(collected, register, configured),
      ...(await checkGithub(config, shell)),
    ];
    for (const check of checks) shell.print(linesOf(check));
    return exitCodeOf(checks);
  },
};

const linesOf = ({ level, about, found, next }: Check): string =>
  [`${level.padEnd(4)} ${about}: ${found}`, ...(next === undefined ? [] : [`     -> ${next}`])]
    .map(visible)
    .join('\n');

/** What people here can mend comes first: the rest may be gone afterwards. */
function exitCodeOf(checks: readonly Check[]): ExitCode {
  const faults = checks.filter(({ level }) => level === 'fail').map(({ fault }) => fault);
  return faults.includes('configuration') ? 2 : faults.length > 0 ? 3 : 0;
}
