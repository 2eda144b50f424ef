import { type Fact, flatMapFact, known, mapFact, notApplicable } from '../core/fact.js';
import { dateOf, daysBetween, type Instant } from '../core/instant.js';
import type { ProjectRecord, UsageDay } from '../core/key.js';
import { defineFact, type FactDefinition } from './define-fact.js';
import { daysSince } from './key-age.js';

const NO_DELETION = notApplicable('no deletion is planned');

/** A container of keys at a vendor: whether it is in use, and whether it is about to go. */
export const PROJECT: readonly FactDefinition<ProjectRecord>[] = [
  defineFact('project.id', 'string', {
    meaning: "the project's id at its vendor",
    compute: (project) => known(project.id),
  }),
  defineFact('project.name', 'string', {
    meaning: 'what people called it at the vendor',
    compute: (project) => project.name,
  }),
  defineFact('project.ageDays', 'int', {
    unit: 'days',
    meaning: 'whole days since it was created',
    compute: (project, { asOf }) => flatMapFact(project.createdAt, (at) => daysSince('created', at, asOf)),
  }),
  defineFact('project.keys', 'int', {
    unit: 'keys',
    meaning: 'how many keys it holds',
    compute: (project) => project.keyCount,
  }),
  defineFact('project.deliveredMinutes', 'int', {
    unit: 'minutes',
    meaning: 'what was delivered in the last 30 days, rounded up',
    compute: (project) => mapFact(project.delivery, totalMinutes),
  }),
  defineFact('project.idle', 'bool', {
    meaning: 'nothing was delivered in the last 30 days, and what is stored did not change',
    compute: idle,
  }),
  defineFact('project.deleted', 'bool', {
    meaning: 'the vendor is deleting it',
    compute: (project) => project.deleted,
  }),
  defineFact('project.deletionPlanned', 'bool', {
    meaning: 'the vendor has a date on which it will be deleted',
    compute: (project) => mapFact(project.deletesAt, (at) => at !== 'never'),
  }),
  defineFact('project.deletionDays', 'int', {
    unit: 'days',
    meaning: 'whole days until it is deleted; negative once the date has passed',
    compute: (project, { asOf }) =>
      flatMapFact(
        project.deletesAt,
        (at): Fact<number> => whenPlanned(at, (date) => daysBetween(asOf, date)),
      ),
  }),
  defineFact('project.deletesOn', 'string', {
    meaning: 'the date on which it is deleted, YYYY-MM-DD',
    compute: (project) =>
      flatMapFact(project.deletesAt, (at): Fact<string> => whenPlanned(at, (date) => dateOf(date))),
  }),
];

function whenPlanned<T>(at: Instant | 'never', derive: (date: Instant) => T): Fact<T> {
  return at === 'never' ? NO_DELETION : known(derive(at));
}

// Rounded up, so that a delivery of seconds is not "nothing".
const totalMinutes = (days: readonly UsageDay[]): number =>
  Math.ceil(days.reduce((sum, day) => sum + day.minutes, 0));

// Hosting is looked at only where nothing was delivered: providers ask for it only then.
function idle(project: ProjectRecord): Fact<boolean> {
  return flatMapFact(project.delivery, (days) =>
    totalMinutes(days) > 0 ? known(false) : mapFact(project.hosting, isFlat),
  );
}

const isFlat = (days: readonly UsageDay[]): boolean => days.every((day) => day.minutes === days[0]?.minutes);
