import type { Invocation, Notification, ReportingDescriptor } from 'sarif';
import type { Coverage } from '../../core/coverage.js';
import { dateOf, type Instant } from '../../core/instant.js';
import { sarifMessage } from '../escape/sarif-message.js';
import { pascalCase } from './pascal-case.js';

const SOURCE_FAILED = 'source-failed';
const SOURCE_PARTIAL = 'source-partial';
const RESULTS_CUT = 'results-cut';

const DESCRIBED = {
  [SOURCE_FAILED]: 'A source or repository could not be read.',
  [SOURCE_PARTIAL]: 'A source or repository could only be read in part.',
  [RESULTS_CUT]: 'There are more results than the file may hold.',
} as const;

/** Descriptors of what {@link invocation} can say. */
export const NOTIFICATIONS: readonly ReportingDescriptor[] = Object.entries(DESCRIBED).map(([id, text]) => ({
  id,
  name: pascalCase(id),
  shortDescription: { text },
  fullDescription: { text: `${text} What is missing here is not known to be clean.` },
  help: { text: `${text} The message says why and what to do.` },
}));

export interface InvocationFacts {
  readonly asOf: Instant;
  readonly coverage: readonly Coverage[];
  /** Results that did not fit into the run. */
  readonly cut: number;
}

/** How the audit went, as far as this run is concerned. What could not be read is told, never left out. */
export function invocation({ asOf, coverage, cut }: InvocationFacts): Invocation {
  const holes = coverage.filter((entry) => entry.status !== 'complete').map(holeNotification);
  const notifications = cut === 0 ? holes : [...holes, cutNotification(cut)];
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
