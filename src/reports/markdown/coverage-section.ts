import type { Coverage } from '../../core/coverage.js';
import { code, prose } from '../escape/markdown.js';
import { numberText } from '../words/number-text.js';
import { type Block, block, heading, table } from './block.js';

/** What could not be looked at comes before any finding: it limits what all of them mean. */
export function* coverageSection(coverage: readonly Coverage[]): Generator<Block> {
  const holes = coverage.filter((entry) => entry.status !== 'complete');
  yield heading('What could not be looked at');
  if (coverage.length === 0) yield block(['Nothing was looked at.']);
  else if (holes.length === 0) yield block(['Nothing: every source and repository was read completely.']);
  else yield block(table(['Source', 'Part', 'Read', 'Why, and what to do'], holes.map(row)));
}

function row({ source, part, status, seen, expected, reason = '' }: Coverage): readonly string[] {
  const of = expected === undefined ? '' : ` of ${numberText(expected)}`;
  const read = status === 'failed' && seen === 0 ? 'nothing' : `${numberText(seen)}${of}`;
  return [code(source), code(part), read, prose(reason)];
}
