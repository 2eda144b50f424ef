import type { AuditResult } from '../../core/result.js';
import { driftEntries, driftSummary } from '../words/drift-phrase.js';
import { phraseLine } from '../words/phrase-line.js';
import type { Screen } from './screen.js';
import { wrap } from './wrap.js';

/** A terminal is no place for a wall; the reports have all of them. */
const MAX_ENTRIES = 5;

export function driftLines({ drift }: AuditResult, { width, paint }: Screen): readonly string[] {
  if (drift === undefined) return [];
  const entries = driftEntries(drift);
  const left = entries.length - MAX_ENTRIES;
  return [
    paint('bold', 'What changed since the last run'),
    ...wrap(driftSummary(drift), width, '  '),
    ...entries.slice(0, MAX_ENTRIES).flatMap(({ what, phrase }) => {
      const [head = '', ...rest] = wrap(`${what} ${phraseLine(phrase)}`, width - 2, '    ');
      return [`  - ${head.trimStart()}`, ...rest];
    }),
    ...(left > 0 ? [`  and ${left} more in the reports`] : []),
  ];
}
