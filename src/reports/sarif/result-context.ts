import { keyRefText } from '../../core/key.js';
import type { AuditResult } from '../../core/result.js';
import type { ResultContext } from './finding-result.js';

/** Look-ups that all results of an audit share. */
export const lookups = (audit: AuditResult): Pick<ResultContext, 'rules' | 'keys' | 'hasBaseline'> => ({
  rules: new Map(audit.rules.map((rule) => [rule.id, rule])),
  keys: new Map([...(audit.deletedKeys ?? []), ...audit.keys].map((key) => [keyRefText(key), key])),
  hasBaseline: audit.findings.some((finding) => finding.status === 'known'),
});
