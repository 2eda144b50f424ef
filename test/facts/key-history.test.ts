import { describe, expect, it } from 'vitest';
import { keyId } from '../../src/core/brand.js';
import type { Fact } from '../../src/core/fact.js';
import { known, notApplicable, unknown } from '../../src/core/fact.js';
import type { KeyRecord } from '../../src/core/key.js';
import type { FactValue } from '../../src/core/vocabulary.js';
import type { AuditContext } from '../../src/facts/context.js';
import { subjectsOf } from '../../src/facts/subjects.js';
import { aKey, aLeak, aPlace, instant } from '../support/audit-result.js';
import { aContext } from '../support/rule-book.js';

function factOf(
  name: string,
  over: Partial<KeyRecord>,
  context: Partial<AuditContext> = {},
): Fact<FactValue> {
  const keys = [aKey(over), ...(context.keys ?? [])];
  const [subject] = subjectsOf(aContext({ ...context, keys }));
  if (subject === undefined) throw new Error('nothing to judge');
  return subject.fact(name);
}

const at = (date: string) => known(instant(date));
const DECLARED = aKey().declared;
const undeclaredSystem = DECLARED && { ...DECLARED, system: undefined };

describe('a key that was replaced', () => {
  const twin = (over: Partial<KeyRecord> = {}): KeyRecord =>
    aKey({ id: keyId('ak2'), createdAt: at('2026-11-01'), ...over });

  it.each<[string, Partial<KeyRecord>, Fact<string>]>([
    ['has a newer one for the same system', {}, known('video-prod/ak2')],
    ['has none when the other is older', { createdAt: at('2020-01-01') }, known('')],
    [
      'has none when the other is retired',
      { declared: DECLARED && { ...DECLARED, status: 'retired' } },
      known(''),
    ],
    ['has none when the other is dead', { live: known(false) }, known('')],
    ['has none when the other is of another kind', { kind: 'admin key' }, known('')],
    ['has none when the other is of another project', { project: known({ id: 'p9', name: 'x' }) }, known('')],
    ['has none when the other serves another system', { declared: undeclaredSystem }, known('')],
    [
      'may have one when the date of the other is not known',
      { createdAt: unknown('missing') },
      unknown('the creation date of video-prod/ak2 is not known'),
    ],
  ])('%s', (_what, over, expected) => {
    expect(factOf('key.firstNewerTwin', {}, { keys: [twin(over)] })).toEqual(expected);
  });

  it('counts from the day of the first newer one', () => {
    const keys = [twin(), twin({ id: keyId('ak3'), createdAt: at('2026-11-10') })];
    expect(factOf('key.overlapDays', {}, { keys })).toEqual(known(14));
    expect(factOf('key.newerTwins', {}, { keys })).toEqual(known(2));
  });

  it('is none of its own when its date is not known and there is no other', () => {
    expect(factOf('key.newerTwins', { createdAt: unknown('missing') })).toEqual(known(0));
    const fact = factOf('key.newerTwins', { createdAt: unknown('missing') }, { keys: [twin()] });
    expect(fact).toEqual(unknown('missing'));
  });

  it('is not asked without a declared system', () => {
    expect(factOf('key.newerTwins', { declared: undeclaredSystem }).state).toBe('not-applicable');
  });
});

describe('what changed since the last run', () => {
  const before = (over: Partial<KeyRecord>): Partial<AuditContext> => ({ previousKeys: [aKey(over)] });

  it.each<[string, readonly string[], readonly string[], Fact<boolean>]>([
    ['nothing', ['8.8.8.8'], ['8.8.8.8'], known(false)],
    ['another order', ['8.8.8.8', '9.9.9.9'], ['9.9.9.9', '8.8.8.8'], known(false)],
    ['one address more', ['8.8.8.8'], ['8.8.8.8', '9.9.9.9'], known(true)],
    ['one address less', ['8.8.8.8', '9.9.9.9'], ['9.9.9.9'], known(false)],
    ['a part of a range', ['8.8.8.0/24'], ['8.8.8.7'], known(false)],
    ['two halves instead of the whole', ['8.8.8.0/24'], ['8.8.8.0/25', '8.8.8.128/25'], known(false)],
    ['the whole instead of two halves', ['8.8.8.0/25', '8.8.8.128/25'], ['8.8.8.0/24'], known(false)],
    ['no list any more', ['8.8.8.8'], [], known(true)],
    ['a list where there was none', [], ['8.8.8.8'], known(false)],
    ['the same word', ['8.8.8.8', 'office'], ['8.8.8.8', 'office'], known(false)],
  ])('in a list: %s', (_what, old, now, expected) => {
    const fact = factOf('key.networkWidened', { allowlist: known(now) }, before({ allowlist: known(old) }));
    expect(fact).toEqual(expected);
  });

  it.each([
    ['a new word', ['8.8.8.8'], ['8.8.8.8', 'office']],
    ['a new address beside an old word', ['office'], ['8.8.8.8']],
  ])('in a list that cannot be read is unknown: %s', (_what, old, now) => {
    const fact = factOf('key.networkWidened', { allowlist: known(now) }, before({ allowlist: known(old) }));
    expect(fact.state).toBe('unknown');
  });

  it('in access is told when it grew only', () => {
    const access = (value: 'read' | 'write') => ({ access: known(value) });
    const fact = (old: 'read' | 'write', now: 'read' | 'write') =>
      factOf('key.accessBroadened', access(now), before(access(old)));
    expect([fact('read', 'write'), fact('write', 'read'), fact('write', 'write')]).toEqual([
      known(true),
      known(false),
      known(false),
    ]);
  });

  it('is not asked of the first run, and is nothing for a new key', () => {
    expect(factOf('key.accessBroadened', {}).state).toBe('not-applicable');
    expect(factOf('key.accessBroadened', {}, { previousKeys: [] })).toEqual(known(false));
  });
});

describe('the environments that a key speaks of', () => {
  const speaks = (name: string, project: string, environment: string | undefined) =>
    factOf('key.environments', {
      name: known(name),
      project: known({ id: 'p', name: project }),
      declared: DECLARED && { ...DECLARED, environment },
    });

  it.each([
    ['checkout', 'Shop', undefined, []],
    ['checkout', 'Shop', 'production', ['production']],
    ['checkout-prod', 'Shop production', 'Production', ['production']],
    ['checkout (staging)', 'Shop production', undefined, ['production', 'test']],
    ['checkout dev', 'Shop sandbox', 'test', ['test']],
    ['latest product', 'Live stage', undefined, ['test']],
    ['contest', 'Productive', undefined, []],
  ])('%j in %j, declared %j: %j', (name, project, environment, expected) => {
    expect(speaks(name, project, environment)).toMatchObject(known(expected));
  });

  it('are not known when the name could not be read', () => {
    expect(factOf('key.environments', { name: unknown('gone') })).toEqual(unknown('gone'));
    const nameless = { name: notApplicable('no names'), project: notApplicable('no projects') };
    expect(factOf('key.environments', nameless)).toEqual(known(['production']));
  });
});

describe('a contradiction', () => {
  it.each<[string, Partial<KeyRecord>, readonly string[]]>([
    ['none', {}, []],
    [
      'a creation in the future',
      { createdAt: at('2030-01-01') },
      ['created on 2030-01-01, after the day of the audit'],
    ],
    [
      'an update before the creation',
      { updatedAt: at('2020-01-01') },
      ['updated on 2020-01-01, before it was created'],
    ],
    ['none in what is missing', { createdAt: unknown('missing'), updatedAt: at('2020-01-01') }, []],
  ])('is told in words: %s', (_what, over, expected) => {
    expect(factOf('key.contradictions', over)).toEqual(known(expected));
  });

  it('is an id that stands twice', () => {
    expect(factOf('key.contradictions', {}, { keys: [aKey()] })).toEqual(known(['two records have its id']));
  });
});

describe('addresses that are not the company’s', () => {
  it.each([
    [['8.8.8.8'], ['8.8.8.0/24'], []],
    [['8.8.8.0/24'], ['8.8.8.0/25', '8.8.8.128/25'], []],
    [['8.8.8.0/23'], ['8.8.8.0/24'], ['8.8.8.0/23']],
    [['9.9.9.9', '8.8.8.8'], ['8.8.8.0/24'], ['9.9.9.9']],
    [[], ['8.8.8.0/24'], []],
  ])('of %j within %j are %j', (list, egress, expected) => {
    expect(factOf('key.unapprovedEntries', { allowlist: known(list) }, { egress })).toEqual(known(expected));
  });
});

describe('the paths of a leak', () => {
  const pathsOf = (name: string, path: string, inHead = true): Fact<FactValue> | undefined =>
    subjectsOf(aContext({ leaks: [aLeak({ places: [aPlace({ path, inHead })], keys: [] })] }))[0]?.fact(name);

  it.each([
    ['public/app.js', true],
    ['dist/app.min.js', true],
    ['web/index.html', true],
    ['app/src/main/res/values/strings.xml', true],
    ['ios/Player.swift', true],
    ['server/publications.js', false],
    ['src/server.ts', false],
    ['public', false],
  ])('%s is shipped to users: %s', (path, expected) => {
    expect(pathsOf('leak.clientPaths', path)).toEqual(known(expected ? [path] : []));
  });

  it.each([
    ['.env', true],
    ['deploy/.env.production', true],
    ['deploy/prod.env', true],
    ['jobs/c3d_curlrc', true],
    ['src/environment.ts', false],
    ['.environment', false],
  ])('%s is a file for keys: %s', (path, expected) => {
    expect(pathsOf('leak.keyFiles', path)).toEqual(known(expected ? [path] : []));
  });

  it('of files that are gone from the tree are no files in the tree', () => {
    expect(pathsOf('leak.keyFiles', '.env', false)).toEqual(known([]));
  });
});
