import type { ReportingDescriptor, Result } from 'sarif';
import type { Severity } from '../../core/finding.js';
import type { Rule } from '../../core/rule.js';

/** GitHub reads the severity per rule, never per result: a rule that can reach several gets one id for each. */
export interface Tier {
  readonly level: Result.level;
  /** A number as text, as GitHub wants it: over 9.0 critical, 7.0 high, 4.0 medium, below low. */
  readonly securitySeverity: string;
}

export const TIERS = {
  critical: { level: 'error', securitySeverity: '9.5' },
  high: { level: 'error', securitySeverity: '8.0' },
  medium: { level: 'warning', securitySeverity: '5.5' },
  low: { level: 'note', securitySeverity: '2.0' },
  info: { level: 'note', securitySeverity: '0.5' },
} as const satisfies Record<Severity, Tier>;

/** The id of a rule in SARIF: `key-too-old`, or `leaked-unregistered/critical` where the severity varies. */
export function tierId(rule: Pick<Rule, 'id' | 'tiers'>, severity: Severity): ReportingDescriptor['id'] {
  return rule.tiers.length === 0 ? rule.id : `${rule.id}/${severity}`;
}
