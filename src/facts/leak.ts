import { type Fact, flatMapFact, known, mapFact, notApplicable, unknown } from '../core/fact.js';
import { compareText } from '../core/compare-text.js';
import { dateOf, daysBetween, type Instant } from '../core/instant.js';
import { type KeyRecord, keyRefText } from '../core/key.js';
import type { Leak, Place, Visibility } from '../core/leak.js';
import { defineFact, type FactDefinition } from './define-fact.js';

/** A key string that was found, with all places where it stands. */
export const LEAK: readonly FactDefinition<Leak>[] = [
  defineFact('leak.registered', 'bool', {
    meaning: 'the string is a key of one of the configured sources',
    compute: (leak) => known(leak.keys.length > 0),
  }),
  defineFact('leak.dead', 'bool', {
    meaning: 'it is known that no vendor accepts it any longer',
    compute: (leak, { keysByRef }) =>
      known(leak.keys.length > 0 && leak.keys.every((ref) => isDead(keysByRef.get(keyRefText(ref))))),
  }),
  defineFact('leak.public', 'bool', {
    meaning: 'it stands in a repository that anybody can read',
    compute: isPublic,
  }),
  defineFact('leak.becamePublic', 'bool', {
    meaning: 'an earlier run saw a repository closed in which it stands and that anybody can read now',
    compute: becamePublic,
  }),
  defineFact('leak.published', 'strings', {
    meaning: 'those of its public repositories that an earlier run saw closed; none where no run remembers',
    compute: (leak) => known(publishedOf(leak)),
  }),
  defineFact('leak.onlyInForks', 'bool', {
    meaning: 'it stands in nothing but what hosts call forks: whoever wrote it may be a stranger',
    compute: onlyInForks,
  }),
  defineFact('leak.inHead', 'bool', {
    meaning: 'it still stands in the current version of a file, or in the working tree',
    compute: (leak) => known(leak.places.some((place) => place.inHead)),
  }),
  defineFact('leak.refs', 'strings', {
    meaning: 'the refs whose newest version still holds it: full names, at most five for each place',
    compute: (leak) => known(refsOf(leak)),
  }),
  defineFact('leak.standing', 'string', {
    meaning:
      'whether it still stands in a current version, in that of other refs or in the history only, in words',
    compute: (leak) => known(standing(leak)),
  }),
  defineFact('leak.where', 'string', {
    meaning: 'the repositories that hold it, each with who can read it, in words; the most public first',
    compute: (leak) => known(inWords(leak)),
  }),
  defineFact('leak.places', 'int', {
    unit: 'places',
    meaning: 'in how many places it stands',
    compute: (leak) => known(leak.places.length),
  }),
  defineFact('leak.repositories', 'strings', {
    meaning: 'the repositories that hold it',
    compute: (leak) => known(repositoriesOf(leak)),
  }),
  defineFact('leak.paths', 'strings', {
    meaning: 'the paths of the files that hold it; messages and conversations have none',
    compute: (leak) => known(leak.places.flatMap((place) => (place.path === undefined ? [] : [place.path]))),
  }),
  defineFact('leak.firstSeen', 'string', {
    meaning: 'the date of the oldest commit that brought it, YYYY-MM-DD',
    compute: firstSeen,
  }),
  defineFact('leak.exposedDays', 'int', {
    unit: 'days',
    meaning:
      'for how long it can be read, from the oldest commit to the day of the audit: a history forgets nothing',
    compute: exposedDays,
  }),
  defineFact('leak.vendor', 'string', {
    meaning: 'the vendor whose key it is, or looks like',
    compute: (leak) =>
      leak.vendor === undefined ? unknown('nothing near the string names its vendor') : known(leak.vendor),
  }),
  defineFact('leak.fingerprint', 'string', {
    meaning: "the string's fingerprint, as the configuration can declare it",
    compute: (leak) => known(leak.fingerprint),
  }),
  defineFact('leak.detector', 'string', {
    meaning: 'the id of the detector that recognised it',
    compute: (leak) =>
      leak.recognition.by === 'detector'
        ? known(leak.recognition.detector)
        : notApplicable('it was recognised as a known key, not by a detector'),
  }),
  defineFact('leak.confidence', 'string', {
    meaning: 'how sure the scan is that it is a key: high, medium or low',
    compute: (leak) => known(leak.confidence),
  }),
];

const isDead = (key: KeyRecord | undefined): boolean => key?.live.state === 'known' && !key.live.value;

export const repositoriesOf = (leak: Leak): readonly string[] =>
  [...new Set(leak.places.map((place) => place.repository))].sort();

// A repository whose visibility nobody told may be public: that is not "no".
function isPublic(leak: Leak): Fact<boolean> {
  if (leak.places.some((place) => place.visibility === 'public')) return known(true);
  const silent = leak.places.find((place) => place.visibility === 'unknown');
  if (silent === undefined) return known(false);
  return unknown(`the visibility of ${silent.repository} is not known`);
}

// No run knows what was before the first one.
function becamePublic(leak: Leak): Fact<boolean> {
  if (publishedOf(leak).length > 0) return known(true);
  return flatMapFact(isPublic(leak), (open) =>
    open ? unknown('no earlier run saw its public repositories closed, or none remembers') : known(false),
  );
}

const publishedOf = ({ places }: Leak): readonly string[] =>
  [...new Set(places.flatMap((place) => (wasClosed(place) ? [place.repository] : [])))].sort();

const wasClosed = ({ visibility, closedAt }: Place): boolean =>
  visibility === 'public' && closedAt !== undefined;

function onlyInForks({ places }: Leak): Fact<boolean> {
  if (places.some(({ fork }) => fork === false)) return known(false);
  const silent = places.find(({ fork }) => fork === undefined);
  return silent === undefined ? known(true) : unknown(`nobody tells whether ${silent.repository} is a fork`);
}

const refsOf = ({ places }: Leak): readonly string[] =>
  [...new Set(places.flatMap(({ refs }) => refs?.names ?? []))].sort();

function standing(leak: Leak): string {
  if (leak.places.some((place) => place.inHead)) return 'still in the current version';
  const [first, ...others] = refsOf(leak);
  if (first === undefined) return 'in the history only';
  const isMore = others.length > 0 || leak.places.some(({ refs }) => (refs?.count ?? 0) > 1);
  return `not in the current version, but still in that of ${first}${isMore ? ' and other refs' : ''}`;
}

function firstSeen(leak: Leak): Fact<string> {
  return mapFact(oldestOf(leak), dateOf);
}

function exposedDays(leak: Leak, { asOf }: { readonly asOf: Instant }): Fact<number> {
  return flatMapFact(oldestOf(leak), (oldest) =>
    // Whoever commits sets the clock.
    oldest <= asOf ? known(daysBetween(oldest, asOf)) : unknown('its oldest commit is dated after the audit'),
  );
}

function oldestOf({ places }: Leak): Fact<Instant> {
  const dates = places.flatMap(({ firstSeen: date }) => (date === undefined ? [] : [date]));
  const [oldest] = dates.sort(compareText);
  return oldest === undefined ? notApplicable('it stands in no commit') : known(oldest);
}

const MOST_PUBLIC_FIRST: readonly Visibility[] = ['public', 'unknown', 'internal', 'private', 'local'];
const TITLES = {
  public: 'the public repository',
  unknown: 'a repository of unknown visibility,',
  internal: 'the internal repository',
  private: 'the private repository',
  local: 'the local folder',
} as const satisfies Record<Visibility, string>;
const MAX_NAMED = 3;

function titled(place: Place): string {
  const { repository, visibility, fork, closedAt } = place;
  const title = fork === true ? TITLES[visibility].replace('repository', 'fork') : TITLES[visibility];
  const past = wasClosed(place) && closedAt !== undefined ? ` (not yet public on ${dateOf(closedAt)})` : '';
  return `${title} ${repository}${past}`;
}

function inWords(leak: Leak): string {
  const byName = new Map(leak.places.map((place) => [place.repository, place]));
  const named = [...byName.values()].sort(
    (a, b) =>
      MOST_PUBLIC_FIRST.indexOf(a.visibility) - MOST_PUBLIC_FIRST.indexOf(b.visibility) ||
      compareText(a.repository, b.repository),
  );
  const shown = named.slice(0, MAX_NAMED).map(titled);
  const left = named.length - shown.length;
  return left === 0 ? shown.join(' and ') : `${shown.join(', ')} and ${left} more`;
}
