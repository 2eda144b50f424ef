import { ConfigError } from '../core/errors/audit-error.js';
import type { Rule, RuleParam } from '../core/rule.js';
import type { WrittenRule } from './rule-schema.js';
import { didYouMean } from './did-you-mean.js';

/** Thresholds as the configuration sets them: rule id -> param -> value. */
export type ParamOverrides = Readonly<Record<string, Readonly<Record<string, RuleParam['value']>>>>;

/** The params of a rule, each with its default and with the value that counts. */
export function paramsOf(
  written: WrittenRule,
  overrides: Readonly<Record<string, RuleParam['value']>>,
): readonly RuleParam[] {
  return Object.entries(written.params).map(([name, param]) => {
    const own = Object.hasOwn(overrides, name) ? overrides[name] : undefined;
    const fits = own !== undefined && kindOf(own) === kindOf(param.default);
    return { ...param, name, value: fits ? own : param.default };
  });
}

/** @throws ConfigError at the first override of a rule or a param that does not exist, or with another type of value. */
export function checkOverrides(overrides: ParamOverrides, rules: readonly Rule[]): void {
  const ids = rules.map(({ id }) => id);
  for (const [id, values] of Object.entries(overrides)) {
    const rule = rules.find((candidate) => candidate.id === id);
    if (rule === undefined)
      throw new ConfigError(`rules.params: there is no rule ${id}${didYouMean(id, ids)}`);
    for (const [name, value] of Object.entries(values)) checkOverride(rule, name, value);
  }
}

function checkOverride(rule: Rule, name: string, value: RuleParam['value']): void {
  const names = rule.params.map((param) => param.name);
  const param = rule.params.find((candidate) => candidate.name === name);
  const where = `rules.params.${rule.id}`;
  if (param === undefined)
    throw new ConfigError(`${where}: there is no param ${name}${didYouMean(name, names)}`);
  const [expected, found] = [kindOf(param.default), kindOf(value)];
  if (expected !== found) throw new ConfigError(`${where}.${name}: expected ${expected}, found ${found}`);
}

function kindOf(value: RuleParam['value']): string {
  if (typeof value === 'number') return Number.isInteger(value) ? 'a whole number' : 'a number';
  return typeof value === 'object' ? 'a list of texts' : `a ${typeof value}`;
}
