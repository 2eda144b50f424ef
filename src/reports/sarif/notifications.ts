import type { Invocation, Notification, ReportingDescriptor } from 'sarif';
import type { Coverage } from '../../core/coverage.js';
import type { Drift } from '../../core/drift.js';
import { dateOf, type Instant } from '../../core/instant.js';
import { sarifMessage } from '../escape/sarif-message.js';
import { type DriftEntry, driftEntries, driftSummary } from '../words/drift-phrase.js';
import { phraseText } from '../words/phrase.js';
import { pascalCase } from './pascal-case.js';

const SOURCE_FAILED = 'source-failed';
const SOURCE_PARTIAL = 'source-partial';
const RESULTS_CUT = 'results-cut';
const RUN_NOTE = 'run-note';
const DRIFT = 'key-drift';

/** Viewers show each of them; the run's properties have all. */
const MAX_DRIFT = 100;

const DESCRIBED = {
  [SOURCE_FAILED]: 'A source or repository could not be read.',
  [SOURCE_PARTIAL]: 'A source or repository could only be read in part.',
  [RESULTS_CUT]: 'There are more results than the file may hold.',
} as const;

const TOLD = {
  [RUN_NOTE]: 'Something about the run that readers of its results should know.',
  [DRIFT]: 'What changed about keys since the last recorded inventory.',
} as const;

/** Descriptors of what {@link invocation} can say. */
export const NOTIFICATIONS: readonly ReportingDescriptor[] = [
  ...Object.entries(DESCRIBED).map(([id, text]) => ({
    ...described(id, text),
    fullDescription: { text: `${text} What is missing here is not known to be clean.` },
    help: { text: `${text} The message says why and what to do.` },
  })),
  ...Object.entries(TOLD).map(([id, text]) => ({
    ...described(id, text),
    fullDescription: { text },
    help: { text: `${text} It fails nothing.` },
  })),
];

function described(id: string, text: string): Pick<ReportingDescriptor, 'id' | 'name' | 'shortDescription'> {
  return { id, name: pascalCase(id), shortDescription: { text } };
}

export interface InvocationFacts {
  readonly asOf: Instant;
  readonly coverage: readonly Coverage[];
  /** Results that did not fit into the run. */
  readonly cut: number;
  readonly notes: readonly string[];
  readonly drift: Drift | undefined;
}

/** How the audit went, as far as this run is concerned. What could not be read is told, never left out. */
export function invocation({ asOf, coverage, cut, notes, drift }: InvocationFacts): Invocation {
  const holes = coverage.filter((entry) => entry.status !== 'complete').map(holeNotification);
  const notifications = [
    ...holes,
    ...(cut === 0 ? [] : [cutNotification(cut)]),
    ...notes.map((note) => noted(RUN_NOTE, sarifMessage(note))),
    ...(drift === undefined ? [] : driftNotifications(drift)),
  ];
  return {
    executionSuccessful: notifications.every(({ level }) => level !== 'error'),
    toolExecutionNotifications: notifications,
    properties: { asOf: dateOf(asOf) },
  };
}

function holeNotification(entry: Coverage): Notification {
  const failed = entry.status === 'failed';
  const id = failed ? SOURCE_FAILED : SOURCE_PARTIAL;
  const text = `${entry.source}, ${entry.part}: ${failed ? 'not read' : 'read in part'}. ${entry.reason ?? ''}`;
  return { descriptor: { id }, level: failed ? 'error' : 'warning', message: { text: sarifMessage(text) } };
}

const cutNotification = (cut: number): Notification => ({
  descriptor: { id: RESULTS_CUT },
  level: 'warning',
  message: { text: `${cut} further results, none more severe than these, are only in keyaudit.json.` },
});

const noted = (id: string, text: string): Notification => ({
  descriptor: { id },
  level: 'note',
  message: { text },
});

function driftNotifications(drift: Drift): readonly Notification[] {
  const entries = driftEntries(drift);
  const left = entries.length - MAX_DRIFT;
  return [
    noted(DRIFT, driftSummary(drift)),
    ...entries.slice(0, MAX_DRIFT).map((entry) => noted(DRIFT, driftText(entry))),
    ...(left > 0 ? [noted(DRIFT, `${left} more stand in the properties of this run.`)] : []),
  ];
}

const driftText = ({ what, phrase }: DriftEntry): string =>
  `${what} ${phraseText(phrase, { plain: (text) => text, quoted: sarifMessage })}`;
