import type { ControlView, StandardView } from '../core/compliance.js';
import type { Coverage } from '../core/coverage.js';
import type { Finding } from '../core/finding.js';
import type { AuditResult } from '../core/result.js';
import { csvCell } from './escape/csv.js';
import type { Report } from './rendered-file.js';
import { RESULT_WORDS, rulesText } from './words/compliance-words.js';
import { type DriftEntry, driftEntries, driftSummary } from './words/drift-phrase.js';
import { phraseLine } from './words/phrase-line.js';

/** In their order. `record` says what a row is about: `finding`, or one of the sections behind the findings. */
const COLUMNS = [
  'record',
  'severity',
  'status',
  'verdict',
  'confidence',
  'rule',
  'owner',
  'kind',
  'vendor',
  'source',
  'id',
  'name',
  'project',
  'message',
  'next step',
  'places',
  'first place',
  'suppressed because',
  'suppressed until',
  'finding',
] as const;

/** A column that is left out is empty. */
type Row = { readonly record: string } & { readonly [Column in (typeof COLUMNS)[number]]?: string };

/**
 * `keyaudit.csv`: one line a finding, for spreadsheets; behind them what was not read, what changed, what people should know
 * about the run, and the controls of standards, each marked by its `record`. Nothing in it runs as a formula.
 */
export const csvReport: Report = (result) => [{ path: 'keyaudit.csv', content: lines(result) }];

function* lines(result: AuditResult): Generator<string> {
  yield line(COLUMNS);
  for (const row of rows(result)) yield line(COLUMNS.map((column) => row[column] ?? ''));
}

/** RFC 4180 ends lines with CR LF. */
const line = (cells: readonly string[]): string => `${cells.map(csvCell).join(',')}\r\n`;

function* rows({ findings, coverage, drift, notes, compliance = [] }: AuditResult): Generator<Row> {
  for (const finding of findings) yield findingRow(finding);
  for (const entry of coverage) if (entry.status !== 'complete') yield coverageRow(entry);
  if (drift !== undefined) {
    yield { record: 'drift', message: driftSummary(drift) };
    for (const entry of driftEntries(drift)) yield driftRow(entry);
  }
  for (const message of notes) yield { record: 'note', message };
  for (const standard of compliance)
    for (const control of standard.controls) yield controlRow(standard, control);
}

function findingRow(finding: Finding): Row {
  const { severity, status, verdict, confidence, rule, owner, subject, message, suppression } = finding;
  return {
    record: 'finding',
    severity,
    status,
    verdict,
    confidence,
    rule,
    owner: owner ?? '',
    kind: subject.kind,
    vendor: subject.vendor ?? '',
    source: subject.source,
    id: subject.id,
    name: subject.name ?? '',
    project: subject.project ?? '',
    message,
    'next step': finding.fix,
    places: String(finding.places.length),
    'first place': placeText(finding.places[0]),
    'suppressed because': suppression?.statement ?? '',
    'suppressed until': suppression?.expires ?? '',
    finding: finding.id,
  };
}

function placeText(place: Finding['places'][number] | undefined): string {
  if (place === undefined) return '';
  return [place.repository, place.path ?? place.kind, String(place.line)].join(':');
}

function coverageRow({ status, kind, source, part, reason = '' }: Coverage): Row {
  return { record: 'coverage', status, kind, source, name: part, message: reason };
}

function driftRow({ what, key, phrase }: DriftEntry): Row {
  const { vendor, source, id, name = '', project = '' } = key;
  const message = phraseLine(phrase);
  return { record: 'drift', status: what, kind: 'key', vendor, source, id, name, project, message };
}

/** `kind` is the standard. */
function controlRow({ name: kind }: StandardView, control: ControlView): Row {
  const { id, title: name = '', result } = control;
  return { record: 'control', status: RESULT_WORDS[result], kind, id, name, message: rulesText(control) };
}
