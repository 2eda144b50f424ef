import { describe, expect, it } from 'vitest';
import type { Fact } from '../../src/core/fact.js';
import { known, notApplicable, unknown } from '../../src/core/fact.js';
import type { ProjectRecord, UsageDay } from '../../src/core/key.js';
import type { Place, Visibility } from '../../src/core/leak.js';
import type { FactValue } from '../../src/core/vocabulary.js';
import { subjectsOf } from '../../src/facts/subjects.js';
import { aLeak, aPlace, aProject, instant } from '../support/audit-result.js';
import { aContext } from '../support/rule-book.js';

const usage = (...minutes: readonly number[]): readonly UsageDay[] =>
  minutes.map((each, day) => ({ collectedOn: `2026-11-0${day + 1}`, minutes: each }));

function ofProject(name: string, over: Partial<ProjectRecord>): Fact<FactValue> | undefined {
  return subjectsOf(aContext({ projects: [aProject(over)] }))[0]?.fact(name);
}

function ofLeak(name: string, places: readonly Place[]): Fact<FactValue> | undefined {
  return subjectsOf(aContext({ leaks: [aLeak({ places, keys: [] })] }))[0]?.fact(name);
}

describe('an idle project', () => {
  it.each<[string, Partial<ProjectRecord>, Fact<boolean>]>([
    [
      'delivered nothing and stores the same',
      { delivery: known(usage(0, 0)), hosting: known(usage(5, 5)) },
      known(true),
    ],
    ['delivered nothing and stores nothing', { delivery: known([]), hosting: known([]) }, known(true)],
    [
      'delivered nothing, but stores more',
      { delivery: known(usage(0)), hosting: known(usage(5, 6)) },
      known(false),
    ],
    [
      'delivered a few seconds',
      { delivery: known(usage(0, 0.1)), hosting: known(usage(5, 5)) },
      known(false),
    ],
    [
      'delivered; nobody asked what it stores',
      { delivery: known(usage(9)), hosting: unknown('-') },
      known(false),
    ],
    ['delivered nothing, stores unknown', { delivery: known([]), hosting: unknown('500') }, unknown('500')],
    ['has usage that could not be read', { delivery: unknown('500') }, unknown('500')],
  ])('%s', (_what, over, expected) => {
    expect(ofProject('project.idle', over)).toEqual(expected);
  });
});

describe('the deletion of a project', () => {
  it('is told in whole days', () => {
    const deletesAt = known(instant('2026-11-22'));
    expect(ofProject('project.deletionDays', { deletesAt })).toEqual(known(7));
  });

  it('has no date when none is planned', () => {
    const none = notApplicable('no deletion is planned');
    expect(ofProject('project.deletionDays', { deletesAt: known('never') })).toEqual(none);
  });
});

describe('a leak', () => {
  const at = (visibility: Visibility): Place => aPlace({ visibility });

  it.each<[readonly Visibility[], string]>([
    [['private', 'public'], 'true'],
    [['unknown', 'public'], 'true'],
    [['private', 'unknown'], 'unknown'],
    [['private', 'internal', 'local'], 'false'],
  ])('in repositories that are %j is public: %s', (visibilities, expected) => {
    const fact = ofLeak('leak.public', visibilities.map(at));
    expect(stateOf(fact)).toBe(expected);
  });

  it('was first seen on the oldest date, and on none outside of history', () => {
    const places = [aPlace(), aPlace({ firstSeen: instant('2020-02-29T23:00:00-05:00') })];
    expect(ofLeak('leak.firstSeen', places)).toEqual(known('2020-03-01'));
    expect(ofLeak('leak.firstSeen', [aPlace({ firstSeen: undefined })])?.state).toBe('not-applicable');
  });

  it.each<[string, string | undefined, string]>([
    ['the day before', '2026-11-14', '1'],
    ['the same day', '2026-11-15', '0'],
    ['years before, though another place is younger', '2024-11-15', '730'],
    ['after the audit', '2026-11-16', 'unknown'],
    ['in no commit', undefined, 'not-applicable'],
  ])('that was brought %s can be read for so many days', (_what, date, expected) => {
    const places = [
      aPlace({ firstSeen: date === undefined ? undefined : instant(date) }),
      aPlace({ firstSeen: date === undefined ? undefined : instant('2026-11-17') }),
    ];
    const fact = ofLeak('leak.exposedDays', places);
    expect(fact?.state === 'known' ? String(fact.value) : fact?.state).toBe(expected);
  });

  const closedAt = instant('2026-03-01');
  const closed: Partial<Place> = { visibility: 'private' };
  const published: Partial<Place> = { visibility: 'public', closedAt };

  it.each<[string, readonly Partial<Place>[], string]>([
    ['in a repository that an earlier run saw closed', [closed, published], 'true'],
    ['in closed repositories only', [closed, { visibility: 'local' }], 'false'],
    ['in a public one of which no run remembers anything', [{ visibility: 'public' }], 'unknown'],
    ['where nobody tells who may read', [{ visibility: 'unknown' }], 'unknown'],
  ])('%s became public: %s', (_what, places, expected) => {
    expect(stateOf(ofLeak('leak.becamePublic', places.map(aPlace)))).toBe(expected);
  });

  it.each<[string, readonly (boolean | undefined)[], string]>([
    ['forks', [true, true], 'true'],
    ['a fork and a repository that is none', [true, false], 'false'],
    ['a repository that is none, and one of which nobody tells', [undefined, false], 'false'],
    ['a fork, and one of which nobody tells', [true, undefined], 'unknown'],
  ])('in %s stands in forks only: %s', (_what, forks, expected) => {
    const places = forks.map((fork) => aPlace({ fork }));
    expect(stateOf(ofLeak('leak.onlyInForks', places))).toBe(expected);
  });

  it.each<[string, Partial<Place>, string]>([
    ['at HEAD', { inHead: true }, 'still in the current version'],
    [
      'at the tip of one other ref',
      { inHead: false, refs: { names: ['refs/heads/old'], count: 1 } },
      'not in the current version, but still in that of refs/heads/old',
    ],
    [
      'at the tips of many',
      { inHead: false, refs: { names: ['refs/heads/old', 'refs/tags/v1'], count: 9 } },
      'not in the current version, but still in that of refs/heads/old and other refs',
    ],
    ['at no tip', { inHead: false, refs: { names: [], count: 0 } }, 'in the history only'],
    ['at tips of which nobody knows', { inHead: false, refs: undefined }, 'in the history only'],
  ])('%s is said to stand there', (_what, place, words) => {
    expect(ofLeak('leak.standing', [aPlace(place)])).toEqual(known(words));
  });

  it('says of each repository whether it is a fork, and since when it may be known to all', () => {
    const places = [
      aPlace({ repository: 'acme/mine', visibility: 'private', fork: true }),
      aPlace({ repository: 'acme/web', ...published }),
    ];
    expect(ofLeak('leak.where', places)).toEqual(
      known('the public repository acme/web (not yet public on 2026-03-01) and the private fork acme/mine'),
    );
  });
});

const stateOf = (fact: Fact<FactValue> | undefined): string | undefined =>
  fact?.state === 'known' ? String(fact.value) : fact?.state;
