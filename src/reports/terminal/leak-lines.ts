import type { AuditResult } from '../../core/result.js';
import { visibleName } from '../escape/visible.js';
import { leakContext, leakPhrase } from '../words/leak-phrase.js';
import { rankedLeaks } from '../words/ranked-leaks.js';
import { phraseLine } from '../words/phrase-line.js';
import type { Screen } from './screen.js';
import { wrap } from './wrap.js';

const WORST = 3;

export function leakLines(result: AuditResult, { width, paint, link }: Screen): readonly string[] {
  if (result.leaks.length === 0) return [];
  const context = leakContext(result);
  const ranked = rankedLeaks(result.leaks, result.findings);
  const left = ranked.length - WORST;
  return [
    paint('bold', 'Leaked strings, and which keys they are'),
    ...ranked.slice(0, WORST).flatMap((leak) => {
      const [head = '', ...rest] = wrap(phraseLine(leakPhrase(leak, context)), width - 2, '    ');
      const address = leak.places[0]?.url;
      const see = address === undefined ? [] : [`    ${link(visibleName(address), address)}`];
      return [`  - ${head.trimStart()}`, ...rest, ...see];
    }),
    ...(left > 0 ? [`  and ${left} more in the reports`] : []),
  ];
}
