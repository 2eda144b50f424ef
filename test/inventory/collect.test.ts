import { describe, expect, it } from 'vitest';
import { collectInventory } from '../../src/inventory/collect.js';
import { fakeKey } from '../../src/sandbox/fake-keys.js';
import {
  adminPage,
  apiKey,
  delivered,
  deliveryUrl,
  keysUrl,
  project,
  projectsUrl,
} from '../support/api-video-answers.js';
import { testContext } from '../support/collect-context.js';
import { collectScript } from '../support/collect-script.js';
import { type Reply, type Script, startScriptedServer } from '../support/scripted-server.js';

const ADMIN = fakeKey('api-video', 'admin');
const sourceAt = (origin: string) => ({
  id: 'video',
  vendor: 'api-video',
  baseUrl: origin,
  credential: { env: 'ADMIN' },
});
const empty: Reply = { json: adminPage([]) };

/** One row of the matrix of faults: what the server does, what becomes of the source. */
interface Fault {
  readonly replies: readonly Reply[];
  readonly status: 'complete' | 'failed';
  readonly reason?: string;
  /** Waits between the attempts, in milliseconds. */
  readonly waits?: readonly number[];
}

const FAULTS: Readonly<Record<string, Fault>> = {
  '401 is never repeated': {
    replies: [{ json: {}, status: 401 }],
    status: 'failed',
    reason:
      'the list of projects, page 1: the server answered 401. The admin key is wrong or was revoked, or it is',
  },
  '400 is never repeated': { replies: [{ json: {}, status: 400 }], status: 'failed', reason: 'answered 400' },
  '403 is never repeated': {
    replies: [{ json: {}, status: 403 }],
    status: 'failed',
    reason: 'account is suspended',
  },
  '404 is never repeated': {
    replies: [{ json: {}, status: 404 }],
    status: 'failed',
    reason: '`baseUrl` is not that',
  },
  "429 with the vendor's header waits that long": {
    replies: [{ json: {}, status: 429, headers: { 'x-ratelimit-retry-after': '7' } }, empty],
    status: 'complete',
    waits: [7000],
  },
  '429 with Retry-After in seconds waits that long': {
    replies: [{ json: {}, status: 429, headers: { 'retry-after': '3' } }, empty],
    status: 'complete',
    waits: [3000],
  },
  '429 with Retry-After as a date waits until then': {
    replies: [{ json: {}, status: 429, headers: { 'retry-after': 'Sun, 01 Nov 2026 00:00:09 GMT' } }, empty],
    status: 'complete',
    waits: [9000],
  },
  '429 without a header backs off': {
    replies: [{ json: {}, status: 429 }, empty],
    status: 'complete',
    waits: [500],
  },
  '429 that never ends is given up after five attempts': {
    replies: Array.from({ length: 5 }, () => ({ json: {}, status: 429 })),
    status: 'failed',
    reason: 'Something else uses the same admin key',
    waits: [500, 1000, 2000, 4000],
  },
  '429 that asks for an hour is not waited for': {
    replies: [{ json: {}, status: 429, headers: { 'retry-after': '3600' } }],
    status: 'failed',
    reason: 'the server answered 429, and waiting 3600 s more would go beyond what one source may cost',
  },
  '500 backs off and goes on': {
    replies: [{ json: {}, status: 500 }, { json: {}, status: 503 }, empty],
    status: 'complete',
    waits: [500, 1000],
  },
  'a connection that is reset is tried again': {
    replies: [{ reset: true }, empty],
    status: 'complete',
    waits: [500],
  },
  'a body that is cut off is tried again': {
    replies: [{ cutAfter: '{"items": [' }, empty],
    status: 'complete',
    waits: [500],
  },
  'a body that is always cut off fails': {
    replies: Array.from({ length: 5 }, () => ({ cutAfter: '{"items": [' })),
    status: 'failed',
    reason: 'the connection broke before the end of the answer',
  },
  'silence ends at the time limit, twice': {
    replies: [{ hang: true }, { hang: true }],
    status: 'failed',
    reason: 'no whole answer within 300 ms',
  },
  'malformed JSON is not repeated': {
    replies: [{ text: '{"items": [' }],
    status: 'failed',
    reason: 'no valid JSON',
  },
  'an empty body is malformed': { replies: [{ text: '' }], status: 'failed', reason: 'an empty body' },
  'a web page is no answer': {
    replies: [{ text: '<html>', headers: { 'content-type': 'text/html' } }],
    status: 'failed',
    reason: 'a web page in place of JSON',
  },
  'a compressed answer was not asked for': {
    replies: [{ text: 'x', headers: { 'content-encoding': 'gzip' } }],
    status: 'failed',
    reason: 'a compressed answer',
  },
  'nesting is bounded': {
    replies: [{ text: '['.repeat(65) }],
    status: 'failed',
    reason: 'deeper than 64 levels',
  },
  'size is bounded': {
    replies: [{ text: ' '.repeat(100_001) }],
    status: 'failed',
    reason: 'more than 100000 bytes',
  },
  'another type of answer is malformed': {
    replies: [{ json: [] }],
    status: 'failed',
    reason: 'documented form',
  },
  'a redirect is not followed': {
    replies: [{ json: {}, status: 302, headers: { location: 'http://127.0.0.1:9/projects' } }],
    status: 'failed',
    reason: 'A credential is never sent on to another address',
  },
  'another 2xx is no answer': {
    replies: [{ text: '', status: 206 }],
    status: 'failed',
    reason: 'answered 206',
  },
};

describe('a vendor that misbehaves', () => {
  it.each(Object.entries(FAULTS))('%s', async (_name, fault) => {
    const context = testContext({ ADMIN }, { requestTimeoutMs: 300 });
    const { inventory } = await collectScript({ [projectsUrl]: fault.replies }, sourceAt, context);
    expect(inventory.coverage[0]?.status).toBe(fault.status);
    if (fault.reason !== undefined) expect(inventory.coverage[0]?.reason).toContain(fault.reason);
    if (fault.waits !== undefined) expect(context.clock.sleeps).toEqual(fault.waits);
  });

  it('stops before the limit when the server says that the window is used up', async () => {
    const context = testContext({ ADMIN });
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-retry-after': '30' };
    const script: Script = {
      [projectsUrl]: { json: adminPage([project('p1')]), headers },
      [keysUrl('p1')]: empty,
    };
    const { stats } = await collectScript(script, sourceAt, context);
    expect(context.clock.sleeps).toEqual([30_000]);
    expect(stats).toMatchObject([{ requests: 2, retries: 0, waitedMs: 30_000 }]);
  });

  it('is a failed source when nobody answers', async () => {
    const server = await startScriptedServer({});
    await server.close();
    const { inventory } = await collectInventory([sourceAt(server.origin)], testContext({ ADMIN }));
    expect(inventory.coverage[0]).toMatchObject({ status: 'failed' });
    expect(inventory.coverage[0]?.reason).toContain(
      'nothing answers at that port (ECONNREFUSED). Check the port',
    );
  });
});

describe('several sources', () => {
  it('are read at once; one that fails leaves the others, and the order is that of their ids', async () => {
    const good = await startScriptedServer({ [projectsUrl]: empty });
    const bad = await startScriptedServer({ [projectsUrl]: { json: {}, status: 401 } });
    const sources = [
      { ...sourceAt(good.origin), id: 'z-good' },
      { ...sourceAt(bad.origin), id: 'a-bad' },
      { ...sourceAt(bad.origin), id: 'm-unset', credential: { env: 'NOT_SET' } },
    ];
    const { inventory, ring } = await collectInventory(sources, testContext({ ADMIN }));
    await Promise.all([good.close(), bad.close()]);
    expect(inventory.coverage.map(({ source, status }) => `${source} ${status}`)).toEqual([
      'a-bad failed',
      'm-unset failed',
      'z-good complete',
    ]);
    expect(inventory.coverage[1]).toMatchObject({ part: 'source', seen: 0 });
    expect(inventory.collectedAt).toBe('2026-11-01T00:00:00.000Z');
    expect(ring.entries().map(({ ref }) => ref.source)).toEqual(['a-bad', 'z-good']);
  });

  it('with the same credential at the same host share one limit', async () => {
    const server = await startScriptedServer({ [projectsUrl]: [empty, empty] });
    const context = testContext({ ADMIN });
    await collectInventory(
      [
        { ...sourceAt(server.origin), id: 'a' },
        { ...sourceAt(server.origin), id: 'b' },
      ],
      context,
    );
    await server.close();
    expect(context.clock.sleeps).toEqual([90]);
  });
});

describe('an interrupt', () => {
  it('ends waiting for an answer at once, with its own reason', async () => {
    const server = await startScriptedServer({ [projectsUrl]: { hang: true } });
    const controller = new AbortController();
    const running = collectInventory(
      [sourceAt(server.origin)],
      testContext({ ADMIN }, { signal: controller.signal }),
    );
    setTimeout(() => controller.abort(new Error('interrupted')), 100);
    const before = Date.now();
    await expect(running).rejects.toThrow('interrupted');
    expect(Date.now() - before).toBeLessThan(1000);
    await server.close();
  });
});

describe('a key that two projects list', () => {
  it('is judged once, and the doubt is told', async () => {
    const script: Script = {
      [projectsUrl]: { json: adminPage([project('p1'), project('p2')]) },
      [keysUrl('p1')]: { json: adminPage([apiKey('k1')]) },
      [keysUrl('p2')]: { json: adminPage([apiKey('k1')]) },
      [deliveryUrl('p1')]: { json: delivered(1) },
      [deliveryUrl('p2')]: { json: delivered(1) },
    };
    const { inventory } = await collectScript(script, sourceAt, testContext({ ADMIN }));
    expect(inventory.keys.map(({ id }) => id)).toEqual(['admin-key', 'k1']);
    expect(inventory.coverage.at(-1)).toMatchObject({ part: 'key ids', status: 'partial' });
  });
});
