import { describe, expect, it } from 'vitest';
import { keyId } from '../../src/core/brand.js';
import type { Fact } from '../../src/core/fact.js';
import { inferred, known, notApplicable, unknown } from '../../src/core/fact.js';
import type { KeyRecord } from '../../src/core/key.js';
import type { FactValue } from '../../src/core/vocabulary.js';
import type { AuditContext } from '../../src/facts/context.js';
import { VOCABULARY } from '../../src/facts/index.js';
import { subjectsOf } from '../../src/facts/subjects.js';
import { aKey, aLeak, aProject } from '../support/audit-result.js';
import { aContext } from '../support/rule-book.js';

function factOf(
  name: string,
  over: Partial<KeyRecord>,
  context: Partial<AuditContext> = {},
): Fact<FactValue> {
  const [subject] = subjectsOf(aContext({ keys: [aKey(over)], ...context }));
  if (subject === undefined) throw new Error('nothing to judge');
  return subject.fact(name);
}

const DECLARED = aKey().declared;

describe('the vocabulary', () => {
  it('names every fact once per kind of subject, as namespace and word', () => {
    for (const specs of Object.values(VOCABULARY)) {
      const names = specs.map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
      expect(names.filter((name) => !/^(key|leak|project)\.[a-z][A-Za-z0-9]*$/.test(name))).toEqual([]);
    }
  });

  it('says what each fact means, in words that end without a full stop', () => {
    const specs = Object.values(VOCABULARY).flat();
    expect(specs.filter(({ meaning }) => meaning.length < 10 || meaning.endsWith('.'))).toEqual([]);
  });

  it.each(Object.entries({ int: 'number', bool: 'boolean', string: 'string', strings: 'object' }))(
    'answers every known fact of type %s as a %s',
    (type, expected) => {
      const context = aContext({ keys: [aKey()], leaks: [aLeak()], projects: [aProject()] });
      for (const subject of subjectsOf(context)) {
        for (const spec of VOCABULARY[subject.subject.kind].filter((each) => each.type === type)) {
          const fact = subject.fact(spec.name);
          if (fact.state === 'known') expect([spec.name, typeof fact.value]).toEqual([spec.name, expected]);
        }
      }
    },
  );

  it('refuses a name that is not in it', () => {
    expect(() => factOf('key.nonsense', {})).toThrow(TypeError);
  });
});

describe('what a key is meant for', () => {
  const undeclared: Partial<KeyRecord> = { declared: undefined };

  it.each<[string, Partial<KeyRecord>, Fact<string>]>([
    ['the declared access, whatever its name says', { name: known('Report export') }, known('read')],
    [
      'reading, when the name says so',
      { ...undeclared, name: known('Analytics dashboard') },
      inferred('read', 'medium'),
    ],
    [
      'reading, however the name is written',
      { ...undeclared, name: known('billing_REPORT-2') },
      inferred('read', 'medium'),
    ],
    [
      'undeclared, when the name says both',
      { ...undeclared, name: known('read/write') },
      known('undeclared'),
    ],
    [
      'undeclared, when a word only contains one',
      { ...undeclared, name: known('spreadsheets') },
      known('undeclared'),
    ],
    [
      'undeclared, when the name says nothing',
      { ...undeclared, name: known('checkout') },
      known('undeclared'),
    ],
    ['undeclared, when there are no names', { ...undeclared, name: notApplicable('-') }, known('undeclared')],
    ['unknown, when the name could not be read', { ...undeclared, name: unknown('gone') }, unknown('gone')],
  ])('is %s', (_what, over, expected) => {
    expect(factOf('key.intendedAccess', over)).toEqual(expected);
  });

  it('is not asked of a vendor that has no read-only keys', () => {
    const permissions = notApplicable('keys have no permissions');
    expect(factOf('key.readOnlyOffered', { permissions })).toEqual(permissions);
    expect(factOf('key.readOnlyOffered', { permissions, scope: 'organization' })).toEqual(known(true));
  });
});

describe('whether any address can use a key', () => {
  it.each<[string, Partial<KeyRecord>, Fact<boolean>]>([
    ['yes, where the vendor says so', { anyAddress: known(true) }, known(true)],
    ['no, with one address', { anyAddress: known(false), allowlist: known(['8.8.8.8']) }, known(false)],
    [
      'yes, with a list of everything',
      { anyAddress: known(false), allowlist: known(['0.0.0.0/0']) },
      known(true),
    ],
    [
      'unknown, with an entry that cannot be read',
      { anyAddress: known(false), allowlist: known(['8.8.8.8', 'office']) },
      unknown('an entry of the allowlist cannot be read, so what it covers is not known'),
    ],
    ['unknown, when it could not be read', { anyAddress: unknown('gone') }, unknown('gone')],
  ])('is %s', (_what, over, expected) => {
    expect(factOf('key.anyAddress', over)).toEqual(expected);
  });
});

describe('what is declared', () => {
  it('is not asked while there is no register', () => {
    expect(factOf('key.ownerDeclared', { declared: undefined }).state).toBe('not-applicable');
  });

  it.each<[string, Partial<KeyRecord>, boolean]>([
    ['an owner', {}, true],
    ['no owner for a key that is not in it', { declared: undefined }, false],
    ['no owner for a blank one', { declared: DECLARED && { ...DECLARED, owner: ' ' } }, false],
  ])('is %s, where there is a register', (_what, over, expected) => {
    expect(factOf('key.ownerDeclared', over, { register: true })).toEqual(known(expected));
  });

  it('does not count the day of a review as overdue, but the next', () => {
    const reviewBy = aContext().asOf;
    const over = { declared: DECLARED && { ...DECLARED, reviewBy } };
    expect(factOf('key.reviewOverdueDays', over)).toEqual(known(0));
  });
});

describe('who else has a key', () => {
  it('is told by the value, not by the name', () => {
    const keys = [aKey(), aKey({ id: keyId('ak2'), name: known('other') })];
    expect(factOf('key.twins', {}, { keys })).toEqual(known(['video-prod/ak2']));
  });

  it('is not known of a key whose value could not be read', () => {
    expect(factOf('key.twins', { fingerprint: unknown('value is missing') })).toEqual(
      unknown('value is missing'),
    );
  });

  it('counts the places of its leaks', () => {
    expect(factOf('key.leakPlaces', {}, { leaks: [aLeak()] })).toEqual(known(1));
  });
});

describe('a name without its numbers and signs', () => {
  it.each([
    ['Key #1', 'key'],
    ['  API--Key_2 ', 'api key'],
    ['42', ''],
    ['Ｔｅｓｔ', 'test'],
    ['Schlüssel', 'schlüssel'],
  ])('of %j is %j', (name, expected) => {
    expect(factOf('key.plainName', { name: known(name) })).toEqual(known(expected));
  });
});
