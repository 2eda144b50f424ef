import type { HistoryEntry } from '../../core/history.js';
import { DAY_MS, daysBetween, type Instant, instantToMs } from '../../core/instant.js';
import { counted } from './number-text.js';

export interface Trend {
  /** Findings that went away in the last seven days. */
  readonly fixedInWeek: number;
  /** Of the findings that are open now; undefined when there is none. */
  readonly medianDaysOpen: number | undefined;
}

const WEEK_MS = 7 * DAY_MS;

/** What the audits before say about this one; undefined when there are none to compare with. */
export function trendOf(history: readonly HistoryEntry[] | undefined): Trend | undefined {
  const last = history?.at(-1);
  if (history === undefined || last === undefined || history.length < 2) return undefined;
  const recent = history.filter(({ asOf }) => instantToMs(last.asOf) - instantToMs(asOf) < WEEK_MS);
  const since = openSince(history);
  return {
    fixedInWeek: new Set(recent.flatMap(({ closed }) => closed).filter((id) => !since.has(id))).size,
    medianDaysOpen: median([...since.values()].map((at) => daysBetween(at, last.asOf))),
  };
}

/** When each open finding was first seen; one that came back counts from its return. */
function openSince(history: readonly HistoryEntry[]): ReadonlyMap<string, Instant> {
  const since = new Map<string, Instant>();
  for (const { asOf, opened, closed } of history) {
    for (const id of opened) since.set(id, asOf);
    for (const id of closed) since.delete(id);
  }
  return since;
}

/** The middle one, the lower of the two in an even list, so that it is a number of days that occurs. */
function median(values: readonly number[]): number | undefined {
  return values.toSorted((left, right) => left - right)[Math.floor((values.length - 1) / 2)];
}

export function trendText({ fixedInWeek, medianDaysOpen }: Trend): string {
  const open =
    medianDaysOpen === undefined
      ? 'nothing is open'
      : `open findings are ${counted(medianDaysOpen, 'day')} old (median)`;
  return `${counted(fixedInWeek, 'finding')} fixed in the last seven days; ${open}.`;
}
