import { isKnown } from '../core/fact.js';
import type { Instant } from '../core/instant.js';
import { type KeyRecord, keyRefText } from '../core/key.js';

export interface DatedKey {
  readonly ref: string;
  readonly createdAt: Instant;
}

/** The live keys of one kind for one system in one project. */
export interface Timeline {
  /** Oldest first. */
  readonly dated: readonly DatedKey[];
  /** Those whose creation date is not known. */
  readonly undated: readonly string[];
}

/** The name under which keys of one system meet; undefined when no system is declared. */
export function systemOf(key: KeyRecord): string | undefined {
  const system = key.declared?.system;
  if (system === undefined) return undefined;
  return JSON.stringify([key.source, isKnown(key.project) ? key.project.value.id : '', key.kind, system]);
}

export function timelinesOf(keys: readonly KeyRecord[]): ReadonlyMap<string, Timeline> {
  const timelines = new Map<string, { readonly dated: DatedKey[]; readonly undated: string[] }>();
  for (const key of keys.filter(isActive)) {
    const system = systemOf(key);
    if (system === undefined) continue;
    const timeline = timelines.get(system) ?? { dated: [], undated: [] };
    timelines.set(system, timeline);
    const ref = keyRefText(key);
    if (isKnown(key.createdAt)) timeline.dated.push({ ref, createdAt: key.createdAt.value });
    else timeline.undated.push(ref);
  }
  for (const { dated } of timelines.values()) dated.sort(byDate);
  return timelines;
}

/** How many of a timeline's keys were made before or at that moment. */
export function countUntil({ dated }: Timeline, moment: Instant): number {
  let [low, high] = [0, dated.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const { createdAt } = dated[middle] ?? { createdAt: moment };
    if (createdAt <= moment) low = middle + 1;
    else high = middle;
  }
  return low;
}

const isActive = (key: KeyRecord): boolean =>
  key.declared?.status !== 'retired' && !(isKnown(key.live) && !key.live.value);

function byDate(a: DatedKey, b: DatedKey): number {
  if (a.createdAt !== b.createdAt) return a.createdAt < b.createdAt ? -1 : 1;
  return a.ref < b.ref ? -1 : 1;
}
