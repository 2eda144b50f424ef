import { describe, expect, it } from 'vitest';
import { fakeKey } from '../../src/sandbox/fake-keys.js';
import {
  adminPage,
  apiKey,
  delivered,
  deliveryUrl,
  FIRST_PAGE,
  hosted,
  hostingUrl,
  keysUrl,
  project,
  projectsUrl,
  tokenPage,
  tokensUrl,
} from '../support/api-video-answers.js';
import { testContext } from '../support/collect-context.js';
import { collectScript, type ScriptedCollection } from '../support/collect-script.js';
import type { Script } from '../support/scripted-server.js';

const ADMIN = fakeKey('api-video', 'admin');

const collect = (script: Script, more: Record<string, unknown> = {}): Promise<ScriptedCollection> =>
  collectScript(
    script,
    (origin) => ({
      id: 'video',
      vendor: 'api-video',
      baseUrl: origin,
      videoBaseUrl: origin,
      credential: { env: 'ADMIN' },
      ...more,
    }),
    testContext({ ADMIN }),
  );

const keyNamed = ({ inventory }: ScriptedCollection, id: string) =>
  inventory.keys.find((key) => key.id === id);

describe('an account without projects', () => {
  it('has the admin key alone, and is complete', async () => {
    const { inventory, ring } = await collect({ [projectsUrl]: { json: adminPage([]) } });
    expect(inventory.keys.map(({ id, kind, usedByAudit }) => ({ id, kind, usedByAudit }))).toEqual([
      { id: 'admin-key', kind: 'admin key', usedByAudit: true },
    ]);
    expect(inventory.coverage).toEqual([
      { source: 'video', kind: 'vendor', part: 'projects', status: 'complete', expected: undefined, seen: 0 },
    ]);
    expect(ring.entries()[0]?.secret.reveal()).toBe(ADMIN);
  });
});

describe('an account with projects', () => {
  const script: Script = {
    [projectsUrl]: { json: adminPage([project('p2'), project('p1'), project('p3')], { total: 3 }) },
    [keysUrl('p1')]: { json: adminPage([apiKey('k1'), apiKey('k2')], { total: 2 }) },
    [keysUrl('p2')]: { json: adminPage([apiKey('k3')]) },
    [keysUrl('p3')]: { json: adminPage([]) },
    [deliveryUrl('p1')]: { json: delivered(12.5) },
    [deliveryUrl('p2')]: { json: delivered(0) },
    [hostingUrl('p2')]: { json: hosted(7) },
  };

  it('sends the key as a Basic user name with an empty password, and only GET', async () => {
    const { seen } = await collect(script);
    const header = `Basic ${Buffer.from(`${ADMIN}:`).toString('base64')}`;
    expect(seen.every(({ authorization, method }) => authorization === header && method === 'GET')).toBe(
      true,
    );
  });

  it('asks for use only where there are keys, and for hosting only where nothing was delivered', async () => {
    const { inventory, seen, stats } = await collect(script);
    expect(seen).toHaveLength(7);
    expect(stats).toMatchObject([{ source: 'video', requests: 7, retries: 0 }]);
    const [p1, p2, p3] = inventory.projects;
    expect(p1).toMatchObject({
      id: 'p1',
      name: { state: 'known', value: 'Project p1' },
      createdAt: { value: '2024-02-04T23:00:00.000Z' },
      deletesAt: { value: 'never' },
      keyCount: { value: 2 },
      delivery: { value: [{ collectedOn: '2026-10-31', minutes: 12.5 }] },
      hosting: { state: 'not-applicable' },
    });
    expect(p2).toMatchObject({ delivery: { value: [{ minutes: 0 }] }, hosting: { value: [{ minutes: 7 }] } });
    expect(p3).toMatchObject({ keyCount: { value: 0 }, delivery: { state: 'not-applicable' } });
  });

  it('knows of a key what the vendor tells, and says of the rest that the vendor cannot', async () => {
    const { inventory, ring } = await collect(script);
    expect(inventory.keys.map(({ id }) => id)).toEqual(['admin-key', 'k1', 'k2', 'k3']);
    const k1 = inventory.keys[1];
    expect(k1).toMatchObject({
      source: 'video',
      vendor: 'api-video',
      kind: 'project key',
      scope: 'project',
      name: { value: 'Key k1' },
      project: { value: { id: 'p1', name: 'Project p1' } },
      createdAt: { value: '2025-01-01T12:00:00.000Z' },
      access: { value: 'write' },
      anyAddress: { value: true },
      live: { value: true },
      allowlist: { state: 'not-applicable', reason: 'api.video cannot restrict a key to addresses' },
      lastUsedAt: { state: 'not-applicable' },
      usedByAudit: false,
    });
    const secret = ring.entries().find(({ ref }) => ref.id === 'k1')?.secret;
    expect(secret?.reveal()).toBe(fakeKey('api-video', 'k1'));
    expect(k1?.fingerprint).toEqual({ state: 'known', value: secret?.fingerprint() });
  });

  it('sums its coverage up while nothing is wrong', async () => {
    const { inventory } = await collect(script);
    expect(inventory.coverage.map(({ part, status, seen }) => `${part}: ${status}, ${seen}`)).toEqual([
      'projects: complete, 3',
      'keys of 3 projects: complete, 3',
      'delivery usage of 2 projects: complete, 2',
      'hosting usage of 1 project: complete, 1',
    ]);
  });

  it('audits the others and names the project that answers 403', async () => {
    const broken = {
      ...script,
      [keysUrl('p2')]: { status: 403, json: { title: 'no' } },
      [hostingUrl('p2')]: { json: hosted(1) },
    };
    const result = await collect(broken);
    expect(result.inventory.keys.map(({ id }) => id)).toEqual(['admin-key', 'k1', 'k2']);
    const failed = result.inventory.coverage.filter(({ status }) => status !== 'complete');
    expect(failed).toMatchObject([{ part: 'keys of p2', status: 'failed' }]);
    expect(failed[0]?.reason).toContain('the server answered 403. The api.video account is suspended');
    expect(result.inventory.projects[1]?.keyCount).toMatchObject({ state: 'unknown' });
  });
});

describe('pages', () => {
  const one = (id: string): Script => ({
    [keysUrl(id)]: { json: adminPage([]) },
  });

  it.each([
    ['a path with a query', (_origin: string) => '/projects?page=2&page_size=100'],
    ['a query alone', () => '?page=2&page_size=100'],
  ])('follows a next page given as %s', async (_name, next) => {
    const result = await collect({
      [projectsUrl]: { json: adminPage([project('p1')], { next: next('') }) },
      '/projects?page=2&page_size=100': { json: adminPage([project('p2')]) },
      ...one('p1'),
      ...one('p2'),
    });
    expect(result.inventory.projects.map(({ id }) => id)).toEqual(['p1', 'p2']);
    expect(result.inventory.coverage[0]).toMatchObject({ status: 'complete', seen: 2 });
  });

  it.each([
    [
      'leaves the host',
      'https://elsewhere.example/projects?page=2',
      'a next page is named with another scheme',
    ],
    ['leaves the host', 'http://127.0.0.1:1/projects?page=2', 'a next page is named on another host'],
    [
      'leads to another list',
      '/projects/p9/api-keys?page=2',
      'a next page is named that belongs to another list',
    ],
    ['loops', projectsUrl, 'page 1 leads back to a page already read'],
    ['is no address', 'http://[', 'a next page is named that has no address'],
  ])('keeps what it has and is partial when the next page %s', async (_name, next, reason) => {
    const { inventory } = await collect({
      [projectsUrl]: { json: adminPage([project('p1')], { next }) },
      ...one('p1'),
    });
    expect(inventory.projects).toHaveLength(1);
    expect(inventory.coverage[0]).toMatchObject({ status: 'partial', seen: 1 });
    expect(inventory.coverage[0]?.reason).toContain(reason);
  });

  it('is partial when a page repeats what was read before', async () => {
    const { inventory } = await collect({
      [projectsUrl]: { json: adminPage([project('p1')], { next: '/projects?page=2' }) },
      '/projects?page=2': { json: adminPage([project('p1')], { next: '/projects?page=3' }) },
      ...one('p1'),
    });
    expect(inventory.coverage[0]?.reason).toContain('page 2 repeats what was read before');
  });
});

describe('fields that are not as documented', () => {
  it('makes them unknown and the source partial, with the numbers', async () => {
    const bad = apiKey('k1', { name: 17, value: undefined, created_at: 'yesterday' });
    const result = await collect({
      [projectsUrl]: { json: adminPage([project('p1', { deleted: 'no' }), { name: 'without id' }, 'text']) },
      [keysUrl('p1')]: { json: adminPage([bad]) },
      [deliveryUrl('p1')]: { json: delivered(1) },
    });
    expect(keyNamed(result, 'k1')).toMatchObject({
      name: { state: 'unknown' },
      createdAt: { state: 'unknown' },
      fingerprint: { state: 'unknown', reason: "the vendor's answer has no field `value`" },
    });
    expect(result.inventory.coverage.map(({ part, reason }) => `${part}: ${reason ?? 'complete'}`)).toEqual([
      'projects: field `deleted` not as documented in 1 record; no usable `project_id` in 2 records',
      'keys of p1: field `created_at` not as documented in 1 record; field `name` not as documented in 1 record; field `value` missing in 1 record',
      'delivery usage of 1 project: complete',
    ]);
  });

  it('ignores fields that it does not know, and ids that would be paths', async () => {
    const { inventory } = await collect({
      [projectsUrl]: { json: adminPage([project('p1', { shiny: true }), project('../p2')]) },
      [keysUrl('p1')]: { json: adminPage([]) },
    });
    expect(inventory.projects.map(({ id }) => id)).toEqual(['p1']);
    expect(inventory.coverage[0]?.reason).toBe('no usable `project_id` in 1 record');
  });

  it('reports a use that is not as documented for that project alone', async () => {
    const { inventory } = await collect({
      [projectsUrl]: { json: adminPage([project('p1')]) },
      [keysUrl('p1')]: { json: adminPage([apiKey('k1')]) },
      [deliveryUrl('p1')]: { json: { items: [{ collected_on: '2026-10-31' }] } },
    });
    expect(inventory.projects[0]?.delivery).toMatchObject({ state: 'unknown' });
    expect(inventory.coverage.at(-1)).toMatchObject({
      part: 'delivery usage of p1',
      status: 'failed',
      reason: expect.stringContaining(
        '`items.[].video_hls_duration_minutes` does not have the documented form',
      ) as string,
    });
  });
});

describe('upload tokens', () => {
  const token = fakeKey('api-video-upload-token', 't1');
  const base: Script = {
    [projectsUrl]: { json: adminPage([project('p1'), project('p2')]) },
    [keysUrl('p1')]: { json: adminPage([apiKey('k1')]) },
    [keysUrl('p2')]: { json: adminPage([]) },
    [deliveryUrl('p1')]: { json: delivered(1) },
  };

  it('are listed with the key of their project, and named by their fingerprint', async () => {
    const later = fakeKey('api-video-upload-token', 't2');
    const result = await collect(
      {
        ...base,
        [tokensUrl]: {
          json: tokenPage(
            [{ token, ttl: 0, createdAt: '2026-01-01T00:00:00+00:00', expiresAt: null }],
            '/upload-tokens?currentPage=2&pageSize=100',
          ),
        },
        '/upload-tokens?currentPage=2&pageSize=100': {
          json: tokenPage([
            { token: later, ttl: 3600, createdAt: '2026-01-01T00:00:00Z', expiresAt: '2026-01-01T01:00:00Z' },
          ]),
        },
      },
      { uploadTokens: true },
    );
    const request = result.seen.find(({ url }) => url === tokensUrl);
    expect(request?.authorization).toBe(
      `Basic ${Buffer.from(`${fakeKey('api-video', 'k1')}:`).toString('base64')}`,
    );
    const tokens = result.inventory.keys.filter(({ kind }) => kind === 'upload token');
    expect(tokens.map(({ expiresAt, live }) => ({ expiresAt, live }))).toEqual(
      expect.arrayContaining([
        { expiresAt: { state: 'known', value: 'never' }, live: { state: 'known', value: true } },
        {
          expiresAt: { state: 'known', value: '2026-01-01T01:00:00.000Z' },
          live: { state: 'known', value: false },
        },
      ]),
    );
    expect(tokens.every(({ id }) => /^upload-token-[0-9a-f]{12}$/.test(id))).toBe(true);
    expect(result.ring.entries().map(({ secret }) => secret.reveal())).toContain(token);
    expect(result.inventory.coverage.slice(-2)).toMatchObject([
      { part: 'upload tokens of 1 project', status: 'complete', seen: 2 },
      {
        part: 'upload tokens of p2',
        status: 'failed',
        reason: expect.stringContaining('no key of this project') as string,
      },
    ]);
  });

  it('that cannot be listed are named as not looked at', async () => {
    const script = { ...base, [tokensUrl]: { status: 401, json: {} } };
    const { inventory } = await collect(script, { uploadTokens: true });
    const tokens = inventory.coverage.find(({ part }) => part === 'upload tokens of p1');
    expect(tokens?.status).toBe('failed');
    expect(tokens?.reason).toContain('sandbox keys work at https://sandbox.api.video only');
  });
});

describe('the base path of a gateway', () => {
  it('is kept on every page', async () => {
    const result = await collectScript(
      {
        [`/gw/projects${FIRST_PAGE}`]: { json: adminPage([project('p1')], { next: '/projects?page=2' }) },
        '/gw/projects?page=2': { json: adminPage([]) },
        [`/gw/projects/p1/api-keys${FIRST_PAGE}`]: { json: adminPage([]) },
      },
      (origin) => ({
        id: 'video',
        vendor: 'api-video',
        baseUrl: `${origin}/gw/`,
        credential: { env: 'ADMIN' },
      }),
      testContext({ ADMIN }),
    );
    expect(result.inventory.coverage[0]).toMatchObject({ status: 'complete' });
  });
});
