import { isKnown } from '../core/fact.js';
import type { Instant } from '../core/instant.js';
import { type KeyRecord, keyRefText, type ProjectRecord } from '../core/key.js';
import type { Leak } from '../core/leak.js';
import { type Timeline, timelinesOf } from './timeline.js';

/** Everything that facts may look at. Nothing else: no clock, no files, no network. */
export interface AuditContext {
  /** The day as of which is judged. */
  readonly asOf: Instant;
  /** The company's own addresses, as ranges; empty = not declared. */
  readonly egress: readonly string[];
  /** Vendor user ids of people who are still here; empty = not declared. */
  readonly roster: readonly string[];
  readonly keys: readonly KeyRecord[];
  readonly projects: readonly ProjectRecord[];
  readonly leaks: readonly Leak[];
  /** Keys that nobody lists any more; leaks alone are judged with them. */
  readonly deleted?: readonly KeyRecord[];
  /** Whether a key register is configured. When left out: whether anything is declared about any key. */
  readonly register?: boolean;
  /** The keys as they were at the last run, for drift; left out when there is no earlier record. */
  readonly previousKeys?: readonly KeyRecord[];
}

/** The context with what many facts look up. */
export interface FactContext extends AuditContext {
  readonly register: boolean;
  readonly keysByRef: ReadonlyMap<string, KeyRecord>;
  readonly keysByFingerprint: ReadonlyMap<string, readonly KeyRecord[]>;
  readonly leaksByRef: ReadonlyMap<string, readonly Leak[]>;
  /** The live keys of each system, by {@link systemOf}. */
  readonly timelines: ReadonlyMap<string, Timeline>;
  readonly previousByRef: ReadonlyMap<string, KeyRecord> | undefined;
  /** References that more than one record has, which no vendor should answer. */
  readonly repeatedRefs: ReadonlySet<string>;
}

/** Builds every index once, so that facts about one subject never walk over all of them. */
export function indexContext(context: AuditContext): FactContext {
  const recordsByRef = groupBy(context.keys, (key) => [keyRefText(key)]);
  return {
    ...context,
    register: context.register ?? context.keys.some((key) => key.declared !== undefined),
    keysByRef: new Map([...(context.deleted ?? []), ...context.keys].map((key) => [keyRefText(key), key])),
    keysByFingerprint: groupBy(context.keys, (key) =>
      isKnown(key.fingerprint) ? [key.fingerprint.value] : [],
    ),
    leaksByRef: groupBy(context.leaks, (leak) => leak.keys.map(keyRefText)),
    timelines: timelinesOf(context.keys),
    repeatedRefs: new Set([...recordsByRef].flatMap(([ref, records]) => (records.length > 1 ? [ref] : []))),
    previousByRef: context.previousKeys && new Map(context.previousKeys.map((key) => [keyRefText(key), key])),
  };
}

function groupBy<T>(items: readonly T[], keysOf: (item: T) => readonly string[]): Map<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    for (const key of keysOf(item)) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [item]);
      else group.push(item);
    }
  }
  return groups;
}
