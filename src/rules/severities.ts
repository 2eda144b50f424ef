import { ConfigError } from '../core/errors/audit-error.js';
import type { Severity } from '../core/finding.js';
import type { Rule } from '../core/rule.js';
import { didYouMean } from './did-you-mean.js';
import type { CompiledRule } from './rule-set.js';

/** Severities as the configuration sets them: rule id -> severity. */
export type SeverityOverrides = Readonly<Record<string, Severity>>;

/** @throws ConfigError at the first override of a rule that does not exist. */
export function checkSeverities(overrides: SeverityOverrides, rules: readonly Rule[]): void {
  const ids = rules.map(({ id }) => id);
  for (const id of Object.keys(overrides)) {
    if (!ids.includes(id)) {
      throw new ConfigError(`rules.severity: there is no rule ${id}${didYouMean(id, ids)}`);
    }
  }
}

/** The rule with the severity that the configuration gives it, whatever its file says of tiers. */
export function weighed(compiled: CompiledRule, overrides: SeverityOverrides): CompiledRule {
  const { rule } = compiled;
  const own = Object.hasOwn(overrides, rule.id) ? overrides[rule.id] : undefined;
  if (own === undefined || (own === rule.severity && rule.tiers.length === 0)) return compiled;
  const writtenSeverities = [rule.severity, ...rule.tiers] as const;
  return { ...compiled, tiers: [], rule: { ...rule, severity: own, tiers: [], writtenSeverities } };
}
