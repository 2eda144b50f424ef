import { describe, expect, it } from 'vitest';
import { fakeKey } from '../../src/sandbox/fake-keys.js';
import { testContext } from '../support/collect-context.js';
import { collectScript, type ScriptedCollection } from '../support/collect-script.js';
import type { Script } from '../support/scripted-server.js';

const VALUE = fakeKey('vidbeo', 'audit');
const FIRST = '/v2/keys?limit=25';

const collect = (script: Script, auditKeyId?: string): Promise<ScriptedCollection> =>
  collectScript(
    script,
    (origin) => ({
      id: 'vb',
      vendor: 'vidbeo',
      baseUrl: `${origin}/v2`,
      credential: { env: 'KEY' },
      ...(auditKeyId === undefined ? {} : { auditKeyId }),
    }),
    testContext({ KEY: VALUE }),
  );

const key = (id: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  id,
  name: `Key ${id}`,
  type: 'api',
  permissions: ['fetch'],
  ips: ['198.51.100.7'],
  created_by: 'user-1',
  created_time: '2022-01-01T12:00:00.000Z',
  updated_by: 'user-1',
  updated_time: '2022-01-02T12:00:00.000Z',
  ...more,
});

const page = (result: readonly unknown[], next?: string): Record<string, unknown> => ({
  success: true,
  result,
  links: next === undefined ? {} : { next },
  errors: [],
});

const only = async (record: Record<string, unknown>) => {
  const result = await collect({ [FIRST]: { json: page([record]) } }, 'k1');
  return { key: result.inventory.keys[0], coverage: result.inventory.coverage[0] };
};

describe('the list of keys', () => {
  it('is read over all its pages, with the key as a bearer', async () => {
    const second = '/v2/keys?limit=25&cursor=two';
    const { inventory, seen } = await collect(
      { [FIRST]: { json: page([key('k2')], second) }, [second]: { json: page([key('k1')]) } },
      'k1',
    );
    expect(inventory.keys.map(({ id }) => id)).toEqual(['k1', 'k2']);
    expect(seen.every(({ authorization }) => authorization === `Bearer ${VALUE}`)).toBe(true);
    expect(inventory.coverage).toEqual([
      { source: 'vb', kind: 'vendor', part: 'keys', status: 'complete', expected: undefined, seen: 2 },
    ]);
  });

  it('keeps what was read before a page that brings more than one source may have, and is partial', async () => {
    const address = (at: number): string => (at === 0 ? FIRST : `/v2/keys?limit=25&cursor=c${at}`);
    const keys = (at: number) => Array.from({ length: 5_000 }, (_, i) => ({ id: `${at}x${i}` }));
    const script = Object.fromEntries(
      Array.from({ length: 21 }, (_, at) => [address(at), { json: page(keys(at), address(at + 1)) }]),
    );
    const { inventory } = await collect(script, '0x1');
    expect(inventory.keys).toHaveLength(100_000);
    expect(inventory.coverage[0]).toMatchObject({ status: 'partial', seen: 100_000 });
    expect(inventory.coverage[0]?.reason).toContain('page 21: more than 100000 records in all');
  });

  it.each([
    ['an absent `links`', { success: true, result: [key('k1')], errors: [] }],
    ['a `links` that is null, which only single objects have', { ...page([key('k1')]), links: null }],
  ])('keeps its keys, and is partial, with %s', async (_name, json) => {
    const { inventory } = await collect({ [FIRST]: { json } }, 'k1');
    expect(inventory.keys).toHaveLength(1);
    expect(inventory.coverage[0]).toMatchObject({ status: 'partial', seen: 1 });
    expect(inventory.coverage[0]?.reason).toContain('more keys may follow');
  });

  it.each([
    ['success is false', { ...page([]), success: false }, '`success` does not have the documented form'],
    ['the result is no list', { ...page([]), result: {} }, '`result` does not have the documented form'],
    ['the answer is a list', [], 'the answer does not have the documented form'],
  ])('has failed when %s', async (_name, json, reason) => {
    const { inventory } = await collect({ [FIRST]: { json } });
    expect(inventory.coverage[0]).toMatchObject({ status: 'failed', seen: 0 });
    expect(inventory.coverage[0]?.reason).toContain(reason);
  });
});

describe('what a key may do', () => {
  it.each([
    ['nothing listed is read and write', [], { state: 'known', value: 'write' }],
    ['fetch alone is read', ['fetch'], { state: 'known', value: 'read' }],
    ['an unknown permission is not "none"', ['fetch', 'admin'], { state: 'unknown' }],
  ])('%s', async (_name, permissions, access) => {
    const result = await only(key('k1', { permissions }));
    expect(result.key?.access).toMatchObject(access);
    expect(result.key?.permissions).toEqual({ state: 'known', value: permissions });
  });

  it('names the permission that it does not know', async () => {
    const result = await only(key('k1', { permissions: ['purge'] }));
    expect(result.key?.access).toMatchObject({ reason: expect.stringContaining('"purge"') as string });
  });

  it.each(['permissions', 'ips'])('is unknown without `%s`: never the empty list', async (field) => {
    const { key: record, coverage } = await only(key('k1', { [field]: undefined }));
    const facts =
      field === 'ips' ? [record?.allowlist, record?.anyAddress] : [record?.permissions, record?.access];
    for (const fact of facts) {
      expect(fact).toEqual({ state: 'unknown', reason: `the vendor's answer has no field \`${field}\`` });
    }
    expect(coverage).toMatchObject({ status: 'partial', reason: `field \`${field}\` missing in 1 record` });
  });

  it.each([null, 'fetch', [1], {}])('is unknown when the lists are of another type: %j', async (value) => {
    const { key: record, coverage } = await only(key('k1', { permissions: value, ips: value }));
    expect([record?.access.state, record?.anyAddress.state]).toEqual(['unknown', 'unknown']);
    expect(coverage?.status).toBe('partial');
  });

  it.each([
    [[], true],
    [['0.0.0.0/0'], false],
    [['198.51.100.7'], false],
  ])('%j as allowlist means "any address": %s', async (ips, anyAddress) => {
    const { key: record } = await only(key('k1', { ips }));
    expect(record?.anyAddress).toEqual({ state: 'known', value: anyAddress });
  });

  it.each([undefined, null])(
    'does without its maker, whom the vendor knows only sometimes: %s',
    async (created_by) => {
      const { key: record, coverage } = await only(key('k1', { created_by }));
      expect(record?.createdBy.state).toBe('unknown');
      expect(coverage?.status).toBe('complete');
    },
  );
});

describe("the audit's own key", () => {
  it('is marked when the configuration names it', async () => {
    const { inventory, ring } = await collect({ [FIRST]: { json: page([key('k1'), key('k2')]) } }, 'k2');
    expect(inventory.keys.map(({ id, usedByAudit }) => [id, usedByAudit])).toEqual([
      ['k1', false],
      ['k2', true],
    ]);
    expect(inventory.keys[1]?.fingerprint).toEqual({
      state: 'known',
      value: ring.entries()[0]?.secret.fingerprint(),
    });
    expect(inventory.keys[0]?.fingerprint.state).toBe('not-applicable');
    expect(ring.entries().map(({ ref }) => ref.id)).toEqual(['k2']);
  });

  it('is a record of its own when it is not named', async () => {
    const { inventory } = await collect({ [FIRST]: { json: page([key('k1')]) } });
    expect(inventory.keys[0]).toMatchObject({
      id: 'audit-credential',
      usedByAudit: true,
      live: { value: true },
      access: { state: 'unknown', reason: expect.stringContaining('set `auditKeyId`') as string },
    });
  });

  it('is asked about when the named one is not in the list', async () => {
    const { inventory } = await collect({ [FIRST]: { json: page([key('k1')]) } }, 'k9');
    expect(inventory.coverage[0]).toMatchObject({
      status: 'partial',
      reason: 'the key that `auditKeyId` names is not in the list: correct the configuration',
    });
  });
});
