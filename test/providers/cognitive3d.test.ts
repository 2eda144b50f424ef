import { describe, expect, it } from 'vitest';
import { Secret } from '../../src/core/secret.js';
import { cognitive3dSourceSchema } from '../../src/providers/cognitive3d/source.js';
import { fakeKey } from '../../src/sandbox/fake-keys.js';
import { testContext } from '../support/collect-context.js';
import { collectScript, type ScriptedCollection } from '../support/collect-script.js';
import type { Script } from '../support/scripted-server.js';

const CURRENT = fakeKey('cognitive3d', 'etl');
const LEGACY = fakeKey('cognitive3d-legacy', 'bi');
const WHOAMI = '/v0/organizations/apiKeys/whoami';
const ORGANIZATION = '/v0/organizations/42';

const alive: Script = {
  [WHOAMI]: { json: { organizationId: 42 } },
  [ORGANIZATION]: {
    json: {
      id: 42,
      projects: [
        { id: 1, name: 'Store tour' },
        { id: 2, name: 'Training' },
      ],
    },
  },
};

const collect = (script: Script, keys: readonly unknown[]): Promise<ScriptedCollection> =>
  collectScript(
    script,
    (origin) => ({ id: 'xr', vendor: 'cognitive3d', baseUrl: origin, keys }),
    testContext({ CURRENT, LEGACY, PREFIXED: `APIKEY:ORGANIZATION ${LEGACY}` }),
  );

const etl = { id: 'etl', credential: { env: 'CURRENT' } };

describe('a declared key', () => {
  it('that is live is probed, and what it opens is named', async () => {
    const declared = {
      ...etl,
      name: 'ETL',
      access: 'read',
      issued: '2025-06-01',
      owner: 'team-xr',
      system: 'etl',
    };
    const { inventory, ring, seen } = await collect(alive, [declared]);
    expect(seen.map(({ authorization }) => authorization)).toEqual([CURRENT, CURRENT]);
    expect(inventory.keys[0]).toMatchObject({
      id: 'etl',
      kind: 'organization key',
      scope: 'organization',
      name: { value: 'ETL' },
      createdAt: { value: '2025-06-01T00:00:00.000Z' },
      access: { value: 'read' },
      live: { value: true },
      format: { value: 'current' },
      reaches: { value: ['Store tour', 'Training'] },
      fingerprint: { value: Secret.of(CURRENT).fingerprint() },
      declared: { owner: 'team-xr', system: 'etl', access: 'read' },
      permissions: { state: 'not-applicable' },
    });
    expect(inventory.coverage).toMatchObject([
      { part: 'declared keys', status: 'complete', expected: 1, seen: 1 },
    ]);
    expect(ring.size).toBe(1);
  });

  it.each([
    ['the current format goes as it is', { env: 'CURRENT' }, 'organization', CURRENT, 'current'],
    [
      'a legacy organization key gets its scheme',
      { env: 'LEGACY' },
      'organization',
      `APIKEY:ORGANIZATION ${LEGACY}`,
      'legacy',
    ],
    [
      'a scheme copied along is not sent twice',
      { env: 'PREFIXED' },
      'organization',
      `APIKEY:ORGANIZATION ${LEGACY}`,
      'legacy',
    ],
    [
      'a legacy domain key gets the domain scheme',
      { env: 'LEGACY' },
      'domain',
      `APIKEY:DOMAIN ${LEGACY}`,
      'legacy',
    ],
  ])('header: %s', async (_name, credential, scope, header, format) => {
    const script = scope === 'domain' ? { [WHOAMI]: { json: {} } } : alive;
    const { inventory, seen, ring } = await collect(script, [{ id: 'k', credential, scope }]);
    expect(seen[0]?.authorization).toBe(header);
    expect(inventory.keys[0]?.format).toEqual({ state: 'known', value: format });
    expect(ring.entries()[0]?.secret.reveal()).toBe(format === 'current' ? CURRENT : LEGACY);
  });

  it.each([
    [401, { state: 'known', value: false }, 'complete'],
    [403, { state: 'unknown' }, 'complete'],
    [404, { state: 'unknown' }, 'failed'],
  ])('whose probe answers %i is %j', async (status, live, coverage) => {
    const { inventory } = await collect({ [WHOAMI]: { json: {}, status } }, [etl]);
    expect(inventory.keys[0]?.live).toMatchObject(live);
    expect(inventory.keys[0]?.reaches.state).toBe('unknown');
    expect(inventory.coverage[0]?.status).toBe(coverage);
  });

  it('that answers 403 may be dead or bound to an address, and the reason says so', async () => {
    const { inventory } = await collect({ [WHOAMI]: { json: {}, status: 403 } }, [etl]);
    const reason = expect.stringContaining(
      'The key is dead, lacks the right, or may not be used from this address',
    ) as string;
    expect(inventory.keys[0]?.live).toMatchObject({ reason });
  });

  it('is live though its organization cannot be read, which is then said', async () => {
    const { inventory } = await collect({ ...alive, [ORGANIZATION]: { json: { projects: 'none' } } }, [etl]);
    expect(inventory.keys[0]).toMatchObject({ live: { value: true }, reaches: { state: 'unknown' } });
    expect(inventory.coverage[0]).toMatchObject({ status: 'failed', expected: 1, seen: 0 });
    expect(inventory.coverage[0]?.reason).toContain('key etl: the organization and its projects: `projects`');
  });

  it('of which only the fingerprint is declared is not asked about', async () => {
    const fingerprint = Secret.of(LEGACY).fingerprint();
    const { inventory, ring } = await collect({}, [
      { id: 'old', access: 'write', format: 'legacy', fingerprint },
    ]);
    expect(inventory.keys[0]).toMatchObject({
      live: { state: 'unknown' },
      access: { value: 'write' },
      format: { value: 'legacy' },
      createdAt: { state: 'unknown' },
      fingerprint: { state: 'known', value: fingerprint },
    });
    expect(inventory.coverage[0]?.status).toBe('complete');
    expect(ring.size).toBe(0);
  });

  it('whose credential is absent is named, and the others are probed', async () => {
    const { inventory } = await collect(alive, [{ id: 'gone', credential: { env: 'NOWHERE' } }, etl]);
    expect(inventory.keys.map(({ id, live }) => [id, live.state])).toEqual([
      ['etl', 'known'],
      ['gone', 'unknown'],
    ]);
    expect(inventory.coverage[0]).toMatchObject({ status: 'partial', expected: 2, seen: 1 });
    expect(inventory.coverage[0]?.reason).toContain('key gone: environment variable NOWHERE is not set');
  });
});

describe('the configuration of declared keys', () => {
  const source = (key: Record<string, unknown>, ...more: unknown[]): unknown => ({
    id: 'xr',
    vendor: 'cognitive3d',
    keys: [key, ...more],
  });

  it.each([
    ['neither credential nor fingerprint', source({ id: 'a' })],
    ['both', source({ ...etl, fingerprint: Secret.of(LEGACY).fingerprint() })],
    ['a fingerprint of another form', source({ id: 'a', fingerprint: 'kf1:abc' })],
    ['an unknown option', source({ ...etl, acess: 'read' })],
    ['an id twice', source(etl, etl)],
    ['a date that the calendar does not have', source({ ...etl, issued: '2025-02-30' })],
  ])('refuses %s', (_name, written) => {
    expect(cognitive3dSourceSchema.safeParse(written).success).toBe(false);
  });

  it('gives the same when what it gave is checked again', () => {
    const once = cognitive3dSourceSchema.parse(source({ ...etl, issued: '2025-06-01' }));
    expect(cognitive3dSourceSchema.parse(once)).toEqual(once);
  });
});
