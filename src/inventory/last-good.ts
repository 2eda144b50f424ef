import { compareText } from '../core/compare-text.js';
import type { Coverage } from '../core/coverage.js';
import { isKnown } from '../core/fact.js';
import { dateOf, type Instant } from '../core/instant.js';
import type { Inventory } from '../core/inventory.js';
import { type KeyRecord, keyRefText } from '../core/key.js';
import { calendarDays } from './calendar-days.js';
import { filledFrom } from './filled-from.js';
import { wholeSources } from './whole-sources.js';

export interface LastGoodLimit {
  readonly asOf: Instant;
  /** Older readings stand in for nothing. */
  readonly days: number;
}

export interface StoodIn {
  readonly inventory: Inventory;
  /** What stands in for what, and what could not, for people. */
  readonly notes: readonly string[];
}

/**
 * Puts the last whole reading of each source that could not be read whole now in its place. What was read now wins; keys and
 * facts that this run could not see are as they were. The holes stay holes, with the date of what stands in.
 */
export function withLastGood(now: Inventory, last: Inventory | undefined, limit: LastGoodLimit): StoodIn {
  const whole = wholeSources(now);
  const missing = new Set(now.coverage.map(({ source }) => source).filter((source) => !whole.has(source)));
  const kept = last === undefined ? new Map<string, Instant>() : wholeSources(last);
  const dates = new Map<string, Instant>();
  const notes = [...missing].toSorted(compareText).map((source) => {
    const readAt = kept.get(source);
    const refusal = refusalOf(readAt, limit);
    if (readAt === undefined || refusal !== undefined) {
      return `${source} could not be read whole, and nothing stands in for it: ${refusal ?? ''}.`;
    }
    dates.set(source, readAt);
    return `${source} could not be read whole: where this run saw nothing, it is judged as it was on ${dateOf(readAt)} (${ago(readAt, limit)}).`;
  });
  return { inventory: dates.size === 0 || last === undefined ? now : joined(now, last, dates), notes };
}

function refusalOf(readAt: Instant | undefined, { asOf, days }: LastGoodLimit): string | undefined {
  if (readAt === undefined) return 'no earlier inventory of it is kept (--cache-dir)';
  const age = calendarDays(readAt, asOf);
  if (age < 0) return `the one that is kept is of ${dateOf(readAt)}, after the day that is judged`;
  if (age <= days) return undefined;
  return `the last one is of ${dateOf(readAt)}, ${age} days ago, and at most ${days} count (gate.lastGoodDays)`;
}

function ago(readAt: Instant, { asOf }: LastGoodLimit): string {
  const days = calendarDays(readAt, asOf);
  return days === 0 ? 'the same day' : days === 1 ? '1 day ago' : `${days} days ago`;
}

function joined(now: Inventory, last: Inventory, dates: ReadonlyMap<string, Instant>): Inventory {
  const stands = ({ source }: { readonly source: string }): boolean => dates.has(source);
  const lastKeys = new Map(last.keys.filter(stands).map((key) => [keyRefText(key), key]));
  const seen = new Set(now.keys.map(keyRefText));
  const own = fingerprintsOfOwn([...lastKeys.values()].filter((key) => !seen.has(keyRefText(key))));
  const keys = now.keys
    .filter((key) => !isStandIn(key, own) || lastKeys.has(keyRefText(key)))
    .map((key) => filled(key, lastKeys.get(keyRefText(key))));
  const unseen = [...lastKeys.values()].filter((key) => !seen.has(keyRefText(key))).map(undeclared);
  const projects = new Set(now.projects.map(refOf));
  const unseenProjects = last.projects.filter(stands).filter((project) => !projects.has(refOf(project)));
  return {
    ...now,
    keys: inOrder([...keys, ...unseen]),
    projects: inOrder([...now.projects, ...unseenProjects]),
    coverage: now.coverage.map((entry) => stoodIn(entry, dates.get(entry.source))),
  };
}

const filled = (key: KeyRecord, last: KeyRecord | undefined): KeyRecord =>
  last === undefined ? key : filledFrom(key, last);

/** The keys that the audit itself used, by source and fingerprint. */
const fingerprintsOfOwn = (keys: readonly KeyRecord[]): ReadonlySet<string> =>
  new Set(keys.flatMap((key) => ownFingerprint(key) ?? []));

const ownFingerprint = ({ source, usedByAudit, fingerprint }: KeyRecord): string | undefined =>
  usedByAudit && isKnown(fingerprint) ? `${source} ${fingerprint.value}` : undefined;

/** Where the list failed, the audit's own key has a record without its id; the earlier record is the same key. */
function isStandIn(key: KeyRecord, own: ReadonlySet<string>): boolean {
  const fingerprint = ownFingerprint(key);
  return fingerprint !== undefined && own.has(fingerprint);
}

/** What people write down is read anew in each run. */
const undeclared = (key: KeyRecord): KeyRecord => ({ ...key, declared: undefined });

type Placed = { readonly source: string; readonly id: string };

const refOf = ({ source, id }: Placed): string => `${source}/${id}`;

const inOrder = <T extends Placed>(items: readonly T[]): readonly T[] =>
  items.toSorted((left, right) => compareText(left.source, right.source) || compareText(left.id, right.id));

function stoodIn(entry: Coverage, readAt: Instant | undefined): Coverage {
  if (readAt === undefined || entry.status === 'complete') return entry;
  const why = (entry.reason ?? 'not read').replace(/\.$/, '');
  return { ...entry, status: 'partial', reason: `${why}. Judged as it was on ${dateOf(readAt)}.`, readAt };
}
