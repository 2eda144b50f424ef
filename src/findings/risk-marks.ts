import type { Fact } from '../core/fact.js';
import { daysBetween, type Instant } from '../core/instant.js';
import type { KeyRecord } from '../core/key.js';
import type { Leak } from '../core/leak.js';

/** One thing that makes a key riskier: how much (0 = not at all), and the words for it. */
export interface RiskMark {
  readonly weight: number;
  readonly words: string | undefined;
}

/** What is known of the subject of a risk. */
export interface RiskSource {
  readonly key: KeyRecord | undefined;
  readonly leaks: readonly Leak[];
  readonly owner: string | null;
  /** It is a string that belongs to no known key. */
  readonly stranger: boolean;
  readonly asOf: Instant;
}

const NONE: RiskMark = { weight: 0, words: undefined };

/**
 * The marks of a key in the order in which they count, our judgement: who can have it, whether it works, what it can do,
 * from where, for how long it has been around, and whether anybody would notice. What is not known counts between.
 */
export function riskMarks({ key, leaks, owner, stranger, asOf }: RiskSource): readonly RiskMark[] {
  const exposed = exposure(leaks);
  if (stranger)
    return [exposed, { weight: 1, words: 'it is no known key, so nobody can say whether it works' }];
  if (key === undefined) return [exposed];
  return [
    exposed,
    graded(key.live, 'it still works', 'whether it still works is not known'),
    graded(key.access, 'it can write', 'what it may do is not known'),
    graded(key.anyAddress, 'any address can use it', 'from where it can be used is not known'),
    age(key.createdAt, asOf),
    owner === null ? { weight: 1, words: 'nobody owns it' } : NONE,
  ];
}

function exposure(leaks: readonly Leak[]): RiskMark {
  const seen = new Set(leaks.flatMap(({ places }) => places.map(({ visibility }) => visibility)));
  if (seen.has('public')) return { weight: 3, words: 'it leaked where anybody can read it' };
  if (seen.has('unknown')) return { weight: 2, words: 'it leaked, and who can read it there is not known' };
  return seen.size > 0 ? { weight: 1, words: 'it leaked' } : NONE;
}

function graded(fact: Fact<boolean | string>, yes: string, unsure: string): RiskMark {
  if (fact.state === 'unknown') return { weight: 1, words: unsure };
  return fact.state === 'known' && (fact.value === true || fact.value === 'write')
    ? { weight: 2, words: yes }
    : NONE;
}

/** The periods of the rule about old keys; older than that there is no "more". */
const OLD_DAYS = 90;

function age(createdAt: Fact<Instant>, asOf: Instant): RiskMark {
  if (createdAt.state === 'unknown') return { weight: OLD_DAYS, words: 'its age is not known' };
  if (createdAt.state !== 'known') return NONE;
  const days = Math.max(0, daysBetween(createdAt.value, asOf));
  return { weight: days, words: days > OLD_DAYS ? `it is ${days} days old` : undefined };
}
