import { dateOf } from '../../core/instant.js';
import type { AuditResult } from '../../core/result.js';
import { prose } from '../escape/markdown.js';
import { counted } from '../words/number-text.js';
import { scannedRepositories } from '../words/scanned-repositories.js';
import { VERDICT_TITLES } from '../words/verdict-title.js';
import { type Block, block } from './block.js';

export function* verdictSection({ gate, run, counts, coverage }: AuditResult): Generator<Block> {
  yield block([`# ${VERDICT_TITLES[gate.result]}`]);
  yield block(['<ul>', ...gate.reasons.map((reason) => `<li>${prose(reason)}</li>`), '</ul>']);
  const sources = new Set(coverage.filter(({ kind }) => kind === 'vendor').map(({ source }) => source)).size;
  const repositories = scannedRepositories(coverage);
  const looked = [
    counted(counts.keys, 'key'),
    counted(counts.projects, 'project'),
    counted(sources, 'source'),
    counted(repositories, 'repository', 'repositories'),
    counted(counts.leaks, 'leaked string'),
  ];
  yield block([`As of ${dateOf(run.asOf)}: ${looked.join(', ')}.`]);
}
