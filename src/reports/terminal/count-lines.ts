import { SEVERITIES } from '../../core/finding.js';
import type { AuditResult } from '../../core/result.js';
import { judgementsText } from '../words/judgements-text.js';
import { counted, numberText } from '../words/number-text.js';
import { trendOf, trendText } from '../words/trend.js';
import type { Screen } from './screen.js';
import { SEVERITY_COLOURS } from './severity-colour.js';
import { wrap } from './wrap.js';

export function countLines({ counts, history }: AuditResult, { width, paint }: Screen): readonly string[] {
  const { bySeverity, byStatus } = counts;
  const severities = SEVERITIES.map((severity) => {
    const text = `${numberText(bySeverity[severity])} ${severity}`;
    return bySeverity[severity] === 0 ? paint('dim', text) : paint(SEVERITY_COLOURS[severity], text);
  });
  const trend = trendOf(history);
  const total = byStatus.new + byStatus.known + byStatus.suppressed;
  const statuses = `${numberText(byStatus.new)} new, ${numberText(byStatus.known)} known, ${numberText(byStatus.suppressed)} suppressed`;
  const looked = [
    counted(counts.keys, 'key'),
    counted(counts.projects, 'project'),
    counted(counts.leaks, 'leaked string'),
  ].join(', ');
  return [
    paint('bold', `${counted(total, 'finding')} in ${looked}`),
    `  ${severities.join(', ')}`,
    `  ${statuses}`,
    ...wrap(judgementsText(counts), width, '  '),
    ...(trend === undefined ? [] : wrap(trendText(trend), width, '  ')),
  ];
}
