import { type Fact, flatMapFact, known, mapFact, notApplicable, unknown } from '../core/fact.js';
import { type KeyRecord, keyRefText } from '../core/key.js';
import type { FactContext } from './context.js';
import { defineFact, type FactDefinition } from './define-fact.js';
import { daysSince } from './key-age.js';
import { countUntil, type DatedKey, systemOf } from './timeline.js';

/** Whether newer keys have taken over. */
export const KEY_ROTATION: readonly FactDefinition<KeyRecord>[] = [
  defineFact('key.newerTwins', 'int', {
    unit: 'keys',
    meaning: 'how many live keys of its kind were made later for the same system in the same project',
    compute: (key, context) => mapFact(newerTwins(key, context), ({ count }) => count),
  }),
  defineFact('key.firstNewerTwin', 'string', {
    meaning: 'the oldest of those, as source/id; empty without one',
    compute: (key, context) => mapFact(newerTwins(key, context), ({ first }) => first?.ref ?? ''),
  }),
  defineFact('key.overlapDays', 'int', {
    unit: 'days',
    meaning: 'whole days since the oldest of those was made; 0 without one',
    compute: (key, context) =>
      flatMapFact(newerTwins(key, context), ({ first }) =>
        first === undefined ? known(0) : daysSince('created', first.createdAt, context.asOf),
      ),
  }),
];

interface NewerTwins {
  readonly count: number;
  readonly first: DatedKey | undefined;
}

const NONE = known<NewerTwins>({ count: 0, first: undefined });

function newerTwins(key: KeyRecord, { timelines }: FactContext): Fact<NewerTwins> {
  const system = systemOf(key);
  if (system === undefined) return notApplicable('no system is declared for the key');
  const timeline = timelines.get(system) ?? { dated: [], undated: [] };
  const own = keyRefText(key);
  const undated = timeline.undated.find((ref) => ref !== own);
  if (timeline.dated.length === 0 && undated === undefined) return NONE;
  return flatMapFact(key.createdAt, (createdAt) => {
    if (undated !== undefined) return unknown(`the creation date of ${undated} is not known`);
    const older = countUntil(timeline, createdAt);
    return known({ count: timeline.dated.length - older, first: timeline.dated[older] });
  });
}
