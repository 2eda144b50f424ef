import type { Finding } from '../core/finding.js';
import { csvCell } from './escape/csv.js';
import type { Report } from './rendered-file.js';

/** Columns in order: each a name and what it shows of a finding. */
const COLUMNS: readonly (readonly [string, (finding: Finding) => string])[] = [
  ['severity', ({ severity }) => severity],
  ['status', ({ status }) => status],
  ['verdict', ({ verdict }) => verdict],
  ['confidence', ({ confidence }) => confidence],
  ['rule', ({ rule }) => rule],
  ['owner', ({ owner }) => owner ?? ''],
  ['kind', ({ subject }) => subject.kind],
  ['vendor', ({ subject }) => subject.vendor ?? ''],
  ['source', ({ subject }) => subject.source],
  ['id', ({ subject }) => subject.id],
  ['name', ({ subject }) => subject.name ?? ''],
  ['project', ({ subject }) => subject.project ?? ''],
  ['message', ({ message }) => message],
  ['next step', ({ fix }) => fix],
  ['places', ({ places }) => String(places.length)],
  ['first place', ({ places }) => placeText(places[0])],
  ['suppressed because', ({ suppression }) => suppression?.statement ?? ''],
  ['suppressed until', ({ suppression }) => suppression?.expires ?? ''],
  ['finding', ({ id }) => id],
];

/** `keyaudit.csv`: one line a finding, for spreadsheets; nothing in it runs as a formula. */
export const csvReport: Report = (result) => [{ path: 'keyaudit.csv', content: lines(result.findings) }];

function* lines(findings: readonly Finding[]): Generator<string> {
  yield line(COLUMNS.map(([name]) => name));
  for (const finding of findings) yield line(COLUMNS.map(([, show]) => show(finding)));
}

/** RFC 4180 ends lines with CR LF. */
const line = (cells: readonly string[]): string => `${cells.map(csvCell).join(',')}\r\n`;

function placeText(place: Finding['places'][number] | undefined): string {
  if (place === undefined) return '';
  return [place.repository, place.path ?? place.kind, String(place.line)].join(':');
}
