import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { API_VIDEO_KEYS, UPLOAD_TOKENS } from '../../src/sandbox/company/api-video-keys.js';
import { PROJECTS } from '../../src/sandbox/company/api-video-projects.js';
import { VIDBEO_KEYS } from '../../src/sandbox/company/vidbeo-keys.js';
import { fakeKey } from '../../src/sandbox/fake-keys.js';
import { SERVICE_NAMES } from '../../src/sandbox/server/exchange.js';
import { FAILURES } from '../../src/sandbox/server/failure.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/start-sandbox.js';

const time = { now: 1_000_000 };
let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ clock: { now: () => time.now } });
});
afterAll(() => sandbox.close());
beforeEach(() => {
  time.now += 3_600_000; // every test begins with full allowances
});

const credential = (name: string): string => sandbox.credentials[`KEYAUDIT_DEMO_${name}`] ?? '';
const basic = (user: string): string => `Basic ${Buffer.from(`${user}:`).toString('base64')}`;

interface Reply {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly headers: Headers;
}

async function get(url: string, authorization?: string, method = 'GET'): Promise<Reply> {
  const headers = authorization === undefined ? {} : { authorization };
  const response = await fetch(url, { method, headers });
  const text = await response.text();
  const body = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
  return { status: response.status, body, headers: response.headers };
}

const admin = (path: string, key = credential('API_VIDEO')): Promise<Reply> =>
  get(`${sandbox.urls.apiVideoAdmin}${path}`, basic(key));
const vidbeo = (path: string): Promise<Reply> => get(path, `Bearer ${credential('VIDBEO')}`);
const whoami = (header: string): Promise<Reply> =>
  get(`${sandbox.urls.cognitive3d}/v0/organizations/apiKeys/whoami`, header);

describe("the sandbox's api.video Admin API", () => {
  it('gives every project, page by page, through relative links', async () => {
    const seen: unknown[] = [];
    let next: string | undefined = '/api-video-admin/projects?page_size=15';
    while (next !== undefined) {
      const { body } = await get(sandbox.origin + next, basic(credential('API_VIDEO')));
      seen.push(...(body['items'] as { project_id: string }[]).map((item) => item.project_id));
      next = (body['links'] as { rel: string; href: string }[]).find(({ rel }) => rel === 'next')?.href;
    }
    expect(seen).toEqual(PROJECTS.map(({ id }) => id));
  });

  it('describes a key as documented, its value in clear', async () => {
    const key = API_VIDEO_KEYS[0];
    const { body } = await admin(`/projects/${key?.project.id}/api-keys/${key?.id}`);
    expect(body).toEqual({
      project_id: expect.stringMatching(/^project_[1-9A-HJ-NP-Za-km-z]{22}$/),
      api_key_id: expect.stringMatching(/^api_key_[1-9A-HJ-NP-Za-km-z]{22}$/),
      name: 'web-shop-prod backend',
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:00\+00:00$/),
      value: fakeKey('api-video', 'web-shop-prod/backend'),
    });
  });

  it.each([
    ['delivery-usage', 'month', 30],
    ['hosting-usage', 'week', 7],
  ])('gives %s by %s as %i days', async (usage, interval, days) => {
    const { body } = await admin(`/projects/${PROJECTS[0]?.id}/${usage}?interval=${interval}`);
    const dates = (body['items'] as { collected_on: string }[]).map((item) => item.collected_on);
    expect(dates).toHaveLength(days);
    expect(dates.at(-1)).toBe('2026-10-31');
  });

  it('counts', async () => {
    expect((await admin('/projects/count')).body).toEqual({ count: PROJECTS.length });
  });

  it.each([
    ['an interval that is missing', `/projects/${PROJECTS[0]?.id}/delivery-usage`, 400],
    ['a page size over 100', '/projects?page_size=101', 400],
    ['a project that does not exist', '/projects/project_none/api-keys', 404],
    ['a path that does not exist', '/everything', 404],
  ])('refuses %s', async (_, path, status) => {
    expect(await admin(path)).toMatchObject({
      status,
      body: { type: expect.any(String), title: expect.any(String) },
    });
  });

  it('takes no project key in place of the admin key', async () => {
    const reply = await admin('/projects', fakeKey('api-video', 'web-shop-prod/backend'));
    expect(reply).toMatchObject({ status: 401, body: { type: expect.stringContaining('invalid-api-key') } });
  });

  it('answers ten requests a second, and the eleventh with 429 and the time to wait', async () => {
    const statuses = [];
    for (let count = 0; count < 11; count += 1) statuses.push((await admin('/projects/count')).status);
    expect(statuses).toEqual([...Array<number>(10).fill(200), 429]);
    const refused = await admin('/projects/count');
    expect(refused.headers.get('x-ratelimit-retry-after')).toBe('1');
    time.now += 1_000;
    expect((await admin('/projects/count')).status).toBe(200);
  });
});

describe("the sandbox's api.video Video API", () => {
  const token = UPLOAD_TOKENS[0];
  const key = API_VIDEO_KEYS.find(({ project }) => project === token?.project);
  const list = (authorization: string): Promise<Reply> =>
    get(`${sandbox.urls.apiVideoVideo}/upload-tokens?pageSize=1`, authorization);

  it("lists a project's upload tokens, in the other way of paging", async () => {
    const { body } = await list(basic(key?.value ?? ''));
    const total = UPLOAD_TOKENS.filter(({ project }) => project === token?.project).length;
    expect(body).toMatchObject({
      data: [{ token: token?.value, ttl: token?.ttlSeconds }],
      pagination: { currentPage: 1, currentPageItems: 1, pageSize: 1, itemsTotal: total, pagesTotal: total },
    });
  });

  it('exchanges a key for a bearer token', async () => {
    const response = await fetch(`${sandbox.urls.apiVideoVideo}/auth/api-key`, {
      method: 'POST',
      body: JSON.stringify({ apiKey: key?.value }),
    });
    const { access_token: bearer, expires_in: seconds } = (await response.json()) as Record<string, unknown>;
    expect(seconds).toBe(3600);
    expect((await list(`Bearer ${String(bearer)}`)).status).toBe(200);
  });

  it('refuses the admin key', async () => {
    expect((await list(basic(credential('API_VIDEO')))).status).toBe(401);
  });
});

describe("the sandbox's Vidbeo", () => {
  it('gives every key without its value, following cursors', async () => {
    const seen: unknown[] = [];
    let next: unknown = `${sandbox.urls.vidbeo}/keys?limit=50`;
    while (typeof next === 'string') {
      const { body } = await vidbeo(next);
      expect(body).toMatchObject({ success: true, errors: [] });
      seen.push(...(body['result'] as { id: string }[]).map((item) => item.id));
      next = (body['links'] as { next?: string }).next;
    }
    expect(seen).toEqual(VIDBEO_KEYS.map(({ id }) => id));
  });

  it('describes one key as documented', async () => {
    const { body } = await vidbeo(`${sandbox.urls.vidbeo}/keys/${VIDBEO_KEYS[0]?.id}`);
    expect(body['links']).toBeNull();
    expect(Object.keys(body['result'] as object).toSorted()).toEqual([
      'created_by',
      'created_time',
      'id',
      'ips',
      'name',
      'permissions',
      'type',
      'updated_by',
      'updated_time',
    ]);
  });

  it('refuses a key that it does not know in its own form', async () => {
    const reply = await get(`${sandbox.urls.vidbeo}/keys`, `Bearer ${fakeKey('vidbeo', 'nobody')}`);
    expect(reply).toMatchObject({ status: 401, body: { success: false, result: null } });
  });
});

describe("the sandbox's Cognitive3D", () => {
  it.each([
    ['a key of the current format', () => credential('C3D_ETL'), 200],
    ['a legacy key behind its words', () => `APIKEY:ORGANIZATION ${credential('C3D_LEGACY_EXPORT')}`, 200],
    ['a legacy key without its words', () => credential('C3D_LEGACY_EXPORT'), 401],
    ['a key that is dead', () => `APIKEY:ORGANIZATION ${credential('C3D_LEGACY_LAB')}`, 401],
    ['a key with a scheme word that it does not have', () => `Bearer ${credential('C3D_ETL')}`, 401],
  ])('answers %s', async (_, header, status) => {
    expect((await whoami(header())).status).toBe(status);
  });

  it('refuses requests that are sent together', async () => {
    const statuses = await Promise.all(
      [1, 2, 3].map(async () => (await whoami(credential('C3D_ETL'))).status),
    );
    expect(statuses).toContain(200);
    expect(statuses).toContain(429);
  });
});

describe('the sandbox', () => {
  it.each([
    ['DELETE', () => `${sandbox.urls.apiVideoAdmin}/projects/x/api-keys/y`],
    ['PATCH', () => `${sandbox.urls.vidbeo}/keys/x`],
    ['POST', () => `${sandbox.urls.vidbeo}/keys`],
    ['PUT', () => `${sandbox.urls.github}/repos/fjordlight/docs`],
    ['GET', () => `${sandbox.urls.githubWeb}/fjordlight/docs.git/info/refs?service=git-receive-pack`],
  ])('refuses and counts what would change something: %s', async (method, url) => {
    const before = sandbox.log.refusedWrites().length;
    expect((await get(url(), undefined, method)).status).toBe(405);
    expect(sandbox.log.refusedWrites()).toHaveLength(before + 1);
  });

  it('keeps no header and no credential in its log', async () => {
    await admin('/projects');
    const log = JSON.stringify(sandbox.log.entries());
    expect(Object.values(sandbox.credentials).filter((value) => log.includes(value))).toEqual([]);
    expect(log).not.toMatch(/authorization/i);
  });

  it.each(SERVICE_NAMES)('lets %s fail in every way, and work again', async (service) => {
    const urls = {
      'api-video-admin': `${sandbox.urls.apiVideoAdmin}/projects`,
      'api-video': `${sandbox.urls.apiVideoVideo}/upload-tokens`,
      vidbeo: `${sandbox.urls.vidbeo}/keys`,
      cognitive3d: `${sandbox.urls.cognitive3d}/v0/organizations/4817`,
      github: `${sandbox.urls.github}/orgs/fjordlight/repos`,
      git: `${sandbox.urls.githubWeb}/fjordlight/docs.git/info/refs?service=git-upload-pack`,
    };
    const outcomes: string[] = [];
    for (const failure of FAILURES) {
      sandbox.fail(service, failure);
      outcomes.push(await outcomeOf(urls[service]));
    }
    sandbox.fail(service, undefined);
    expect(outcomes).toEqual(['401', '403', '429', '500', 'no JSON', 'broken']);
    expect((await fetch(urls[service])).status).not.toBe(500);
  });

  it('is gone with its repositories when it was closed', async () => {
    const other = await startSandbox();
    await other.close();
    await expect(fetch(other.origin)).rejects.toThrow();
    const { existsSync } = await import('node:fs');
    expect(existsSync(other.repositories)).toBe(false);
  });
});

async function outcomeOf(url: string): Promise<string> {
  const response = await fetch(url);
  let text: string;
  try {
    text = await response.text();
  } catch {
    return 'broken';
  }
  if (response.status !== 200) return String(response.status);
  try {
    JSON.parse(text);
    return 'JSON';
  } catch {
    return 'no JSON';
  }
}
