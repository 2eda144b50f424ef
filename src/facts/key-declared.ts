import { type Fact, flatMapFact, known, notApplicable } from '../core/fact.js';
import { dateOf, daysBetween } from '../core/instant.js';
import type { KeyRecord } from '../core/key.js';
import type { FactContext } from './context.js';
import { defineFact, type FactDefinition } from './define-fact.js';

const NO_REGISTER = notApplicable('no key register is configured (`register` in the configuration)');
const NOT_REGISTERED = notApplicable('the key is not in the register');
const NO_REVIEW_DATE = notApplicable('no review date is declared');

/** What people wrote down about a key. Nothing written is a known fact, once there is a register. */
export const KEY_DECLARED: readonly FactDefinition<KeyRecord>[] = [
  defineFact('key.registered', 'bool', {
    meaning: 'it is in the key register, or declared in the configuration',
    compute: (key, context) => withRegister(key, context, () => known(key.declared !== undefined)),
  }),
  defineFact('key.ownerDeclared', 'bool', {
    meaning: 'somebody is written down as its owner',
    compute: (key, context) =>
      withRegister(key, context, () => known((key.declared?.owner ?? '').trim() !== '')),
  }),
  defineFact('key.owner', 'string', {
    meaning: 'who is written down as its owner',
    compute: (key) => {
      if (key.declared === undefined) return NOT_REGISTERED;
      return key.declared.owner === undefined
        ? notApplicable('nobody is declared')
        : known(key.declared.owner);
    },
  }),
  defineFact('key.declaredStatus', 'string', {
    meaning: '`active` or `retired` as declared; `undeclared` where nobody says',
    compute: (key) => known(key.declared?.status ?? 'undeclared'),
  }),
  defineFact('key.reviewDeclared', 'bool', {
    meaning: 'a date is written down by which its need is reviewed',
    compute: (key) => known(key.declared?.reviewBy !== undefined),
  }),
  defineFact('key.reviewOverdueDays', 'int', {
    unit: 'days',
    meaning: 'whole days since the declared review date; negative or zero while it lies ahead',
    compute: (key, { asOf }) => {
      if (key.declared === undefined) return NOT_REGISTERED;
      if (key.declared.reviewBy === undefined) return NO_REVIEW_DATE;
      return known(daysBetween(key.declared.reviewBy, asOf));
    },
  }),
  defineFact('key.reviewBy', 'string', {
    meaning: 'the declared review date, YYYY-MM-DD',
    compute: (key) => {
      if (key.declared === undefined) return NOT_REGISTERED;
      return key.declared.reviewBy === undefined ? NO_REVIEW_DATE : known(dateOf(key.declared.reviewBy));
    },
  }),
  defineFact('key.creatorPresent', 'bool', {
    meaning: 'the user who made it is in the roster of the configuration',
    compute: (key, { roster }) =>
      roster.length === 0
        ? notApplicable('no roster is configured (`roster.users` in the configuration)')
        : flatMapFact(key.createdBy, (user) => known(roster.includes(user))),
  }),
  defineFact('key.createdBy', 'string', {
    meaning: "the vendor's id of the user who made it",
    compute: (key) => key.createdBy,
  }),
];

function withRegister<T>(key: KeyRecord, context: FactContext, answer: () => Fact<T>): Fact<T> {
  return context.register || key.declared !== undefined ? answer() : NO_REGISTER;
}
