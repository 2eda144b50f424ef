import type { Finding } from '../../core/finding.js';

/** Findings that count: judged as failing, and nobody decided to live with them. */
export const activeFindings = (findings: readonly Finding[]): readonly Finding[] =>
  findings.filter((finding) => finding.verdict === 'fail' && finding.status !== 'suppressed');

/** What could not be judged, and nobody decided to live with that. */
export const unknownFindings = (findings: readonly Finding[]): readonly Finding[] =>
  findings.filter((finding) => finding.verdict === 'unknown' && finding.status !== 'suppressed');

export const suppressedFindings = (findings: readonly Finding[]): readonly Finding[] =>
  findings.filter((finding) => finding.status === 'suppressed');
