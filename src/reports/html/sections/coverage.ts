import type { Coverage } from '../../../core/coverage.js';
import { numberText } from '../../words/number-text.js';
import { name, tableMarkup, text } from '../page/markup.js';

/** What could not be looked at, before any finding; what was looked at, folded. */
export function coverageSection(coverage: readonly Coverage[]): string {
  const holes = coverage.filter((entry) => entry.status !== 'complete');
  const first =
    holes.length > 0
      ? tableMarkup(['Source', 'Part', 'Read', 'Why, and what to do'], holes.map(holeRow))
      : `<p>${coverage.length === 0 ? 'Nothing was looked at.' : 'Every source and repository was read completely.'}</p>`;
  const all = tableMarkup(['Source', 'Part', 'Read', 'State'], coverage.map(entryRow));
  return [
    '<section aria-labelledby="coverage"><h2 id="coverage">What could not be looked at</h2>',
    first,
    `<details><summary>All that was looked at</summary>${all}</details></section>\n`,
  ].join('\n');
}

const holeRow = (entry: Coverage): readonly string[] => [
  name(entry.source),
  name(entry.part),
  amount(entry),
  text(entry.reason ?? ''),
];

const entryRow = (entry: Coverage): readonly string[] => [
  name(entry.source),
  name(entry.part),
  amount(entry),
  entry.status,
];

const amount = ({ seen, expected }: Coverage): string =>
  expected === undefined ? numberText(seen) : `${numberText(seen)} of ${numberText(expected)}`;
