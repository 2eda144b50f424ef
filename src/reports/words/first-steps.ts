import type { Finding } from '../../core/finding.js';
import type { AuditResult } from '../../core/result.js';
import type { Risk } from '../../core/risk.js';

/** A risk with its findings at hand: what to do about one key, and why now. */
export interface FirstStep {
  readonly risk: Risk;
  /** Its worst finding: whose next step comes first. */
  readonly worst: Finding;
  /** The others, worst first. */
  readonly others: readonly Finding[];
  /** Why it is first, as a sentence of our own words. */
  readonly because: string;
}

/** The first risks in their order; a risk whose findings are not among the result's is left out. */
export function firstSteps({ risks = [], findings }: AuditResult, count: number): readonly FirstStep[] {
  const byId = new Map(findings.map((finding) => [finding.id, finding]));
  return risks.slice(0, count).flatMap((risk) => {
    const [worst, ...others] = risk.findings.flatMap((id) => byId.get(id) ?? []);
    return worst === undefined ? [] : [{ risk, worst, others, because: becauseSentence(risk) }];
  });
}

function becauseSentence({ because, severity }: Risk): string {
  if (because.length === 0) return `Its worst finding is ${severity}.`;
  const text = because.join(', ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
