import { compareText } from '../core/compare-text.js';
import { type Finding, SEVERITIES } from '../core/finding.js';

/** Worst first; then rule, source, subject and id, so that no two findings are equal. */
export function compareFindings(left: Finding, right: Finding): number {
  return (
    SEVERITIES.indexOf(left.severity) - SEVERITIES.indexOf(right.severity) ||
    compareText(left.rule, right.rule) ||
    compareText(left.subject.source, right.subject.source) ||
    compareText(left.subject.id, right.subject.id) ||
    compareText(left.id, right.id)
  );
}
