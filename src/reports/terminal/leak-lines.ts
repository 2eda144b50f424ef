import type { AuditResult } from '../../core/result.js';
import { leakContext, leakPhrase } from '../words/leak-phrase.js';
import { rankedLeaks } from '../words/ranked-leaks.js';
import { phraseLine } from '../words/phrase-line.js';
import type { Screen } from './screen.js';
import { wrap } from './wrap.js';

const WORST = 3;

export function leakLines(result: AuditResult, { width, paint }: Screen): readonly string[] {
  if (result.leaks.length === 0) return [];
  const context = leakContext(result);
  const ranked = rankedLeaks(result.leaks, result.findings);
  const left = ranked.length - WORST;
  return [
    paint('bold', 'Leaked strings, and which keys they are'),
    ...ranked.slice(0, WORST).flatMap((leak) => {
      const [head = '', ...rest] = wrap(phraseLine(leakPhrase(leak, context)), width - 2, '    ');
      return [`  - ${head.trimStart()}`, ...rest];
    }),
    ...(left > 0 ? [`  and ${left} more in the reports`] : []),
  ];
}
