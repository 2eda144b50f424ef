import { type Fact, flatMapFact, isKnown, known, mapFact, notApplicable, unknown } from '../core/fact.js';
import type { Instant } from '../core/instant.js';
import { type KeyRecord, keyRefText } from '../core/key.js';
import { type FactContext, systemsOf } from './context.js';
import { defineFact, type FactDefinition } from './define-fact.js';
import { daysSince } from './key-age.js';

/** Whether a newer key has taken over. */
export const KEY_ROTATION: readonly FactDefinition<KeyRecord>[] = [
  defineFact('key.newerTwins', 'strings', {
    meaning: 'live keys of its kind that were made later for the same system in the same project',
    compute: (key, context) => mapFact(newerTwins(key, context), (twins) => twins.map(({ ref }) => ref)),
  }),
  defineFact('key.overlapDays', 'int', {
    unit: 'days',
    meaning: 'whole days since the first of those was made; 0 without one',
    compute: (key, context) =>
      flatMapFact(newerTwins(key, context), ([first]) =>
        first === undefined ? known(0) : daysSince('created', first.createdAt, context.asOf),
      ),
  }),
];

interface Twin {
  readonly ref: string;
  readonly createdAt: Instant;
}

/** Oldest first. */
function newerTwins(key: KeyRecord, context: FactContext): Fact<readonly Twin[]> {
  const [system] = systemsOf(key);
  if (system === undefined) return notApplicable('no system is declared for the key');
  const others = (context.keysBySystem.get(system) ?? []).filter((other) => other !== key && isActive(other));
  if (others.length === 0) return known([]);
  return flatMapFact(key.createdAt, (createdAt) => {
    const undated = others.find((other) => !isKnown(other.createdAt));
    if (undated !== undefined) return unknown(`the creation date of ${keyRefText(undated)} is not known`);
    return known(
      others
        .flatMap(twinOf)
        .filter((twin) => twin.createdAt > createdAt)
        .sort(byDate),
    );
  });
}

const twinOf = (key: KeyRecord): readonly Twin[] =>
  isKnown(key.createdAt) ? [{ ref: keyRefText(key), createdAt: key.createdAt.value }] : [];

function byDate(a: Twin, b: Twin): number {
  if (a.createdAt !== b.createdAt) return a.createdAt < b.createdAt ? -1 : 1;
  return a.ref < b.ref ? -1 : 1;
}

const isActive = (key: KeyRecord): boolean =>
  key.declared?.status !== 'retired' && !(isKnown(key.live) && !key.live.value);
