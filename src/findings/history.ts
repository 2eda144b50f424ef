import { compareText } from '../core/compare-text.js';
import { isComplete } from '../core/coverage.js';
import type { Finding, Severity } from '../core/finding.js';
import type { HistoryEntry } from '../core/history.js';
import { jsonText } from '../core/json-text.js';
import type { AuditResult } from '../core/result.js';
import { parseHistoryEntry } from './history-entry.js';

export interface History {
  /** Oldest first. */
  readonly entries: readonly HistoryEntry[];
  /** Lines that could not be read, for a note. */
  readonly broken: number;
}

/** Reads `history.jsonl`. A line that is broken (a disk was full) is counted, not fatal: the rest still tells. */
export function parseHistory(text: string): History {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const entries = lines.flatMap((line) => parseHistoryEntry(line) ?? []);
  return {
    entries: entries.toSorted((left, right) => compareText(left.asOf, right.asOf)),
    broken: lines.length - entries.length,
  };
}

/**
 * The audits before this one, and this one: what a trend is made of. An audit as of the same instant is replaced and
 * later ones are left out, so that the same input gives the same bytes.
 */
export function withAudit(before: readonly HistoryEntry[], audit: AuditResult): readonly HistoryEntry[] {
  const earlier = before.filter(({ asOf }) => asOf < audit.run.asOf);
  return [...earlier, entryOf(earlier, audit)];
}

/** What to keep of the audits: an audit as of a day in the past (`--as-of`) changes nothing. */
export function recorded(before: readonly HistoryEntry[], audit: AuditResult): readonly HistoryEntry[] {
  return before.some(({ asOf }) => asOf > audit.run.asOf) ? before : withAudit(before, audit);
}

export const historyText = (entries: readonly HistoryEntry[]): string =>
  entries.map((entry) => `${jsonText(entry)}\n`).join('');

function entryOf(earlier: readonly HistoryEntry[], audit: AuditResult): HistoryEntry {
  const { findings, coverage, counts, run } = audit;
  const active = findings.filter(({ verdict, status }) => verdict === 'fail' && status !== 'suppressed');
  const ids = new Set(active.map(({ id }) => id));
  const open = openIds(earlier);
  const complete = coverage.length > 0 && isComplete(coverage);
  return {
    asOf: run.asOf,
    complete,
    active: bySeverity(active),
    suppressed: counts.byStatus.suppressed,
    unknown: counts.byVerdict.unknown,
    keys: counts.keys,
    leaks: counts.leaks,
    opened: [...ids].filter((id) => !open.has(id)).toSorted(compareText),
    closed: complete ? [...open].filter((id) => !ids.has(id)).toSorted(compareText) : [],
  };
}

function openIds(entries: readonly HistoryEntry[]): ReadonlySet<string> {
  const open = new Set<string>();
  for (const { opened, closed } of entries) {
    for (const id of opened) open.add(id);
    for (const id of closed) open.delete(id);
  }
  return open;
}

function bySeverity(findings: readonly Finding[]): Readonly<Record<Severity, number>> {
  const counts: Record<Severity, number> = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
  for (const { severity } of findings) counts[severity] += 1;
  return counts;
}
