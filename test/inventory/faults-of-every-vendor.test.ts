import { describe, expect, it } from 'vitest';
import { fakeKey } from '../../src/sandbox/fake-keys.js';
import { testContext } from '../support/collect-context.js';
import { collectScript } from '../support/collect-script.js';
import type { Reply } from '../support/scripted-server.js';

const VIDBEO = fakeKey('vidbeo', 'faults');
const XR = fakeKey('cognitive3d', 'faults');
const PROBE = '/v0/organizations/apiKeys/whoami';

const VENDORS = {
  vidbeo: {
    url: '/keys?limit=25',
    good: { json: { success: true, result: [], links: {}, errors: [] } } as Reply,
    afterwards: {},
    source: (baseUrl: string) => ({ id: 'v', vendor: 'vidbeo', baseUrl, credential: { env: 'KEY' } }),
    env: { KEY: VIDBEO },
  },
  cognitive3d: {
    url: PROBE,
    good: { json: { organizationId: 7 } } as Reply,
    afterwards: { '/v0/organizations/7': { json: { id: 7, projects: [] } } as Reply },
    source: (baseUrl: string) => ({
      id: 'x',
      vendor: 'cognitive3d',
      baseUrl,
      keys: [{ id: 'etl', name: 'ETL', access: 'read', credential: { env: 'KEY' } }],
    }),
    env: { KEY: XR },
  },
} as const;

const status = (code: number, headers: Record<string, string> = {}): Reply => ({
  json: {},
  status: code,
  headers,
});

const times = (count: number, reply: Reply): readonly Reply[] => Array.from({ length: count }, () => reply);

interface Fault {
  readonly replies: readonly Reply[];
  /** Between the attempts, in milliseconds; backoff without jitter is the longest that it can be. */
  readonly waits: readonly number[];
}

/** Faults after which the good answer comes: the source is read whole. */
const PASSING: Readonly<Record<string, Fault>> = {
  '429 with Retry-After in seconds': { replies: [status(429, { 'retry-after': '3' })], waits: [3000] },
  '429 with Retry-After as a date': {
    replies: [status(429, { 'retry-after': 'Sun, 01 Nov 2026 00:00:09 GMT' })],
    waits: [9000],
  },
  "429 with api.video's header": {
    replies: [status(429, { 'x-ratelimit-retry-after': '7' })],
    waits: [7000],
  },
  '429 without a header': { replies: [status(429)], waits: [500] },
  'two faults of the server': { replies: [status(500), status(503)], waits: [500, 1000] },
  'a connection that is reset': { replies: [{ reset: true }], waits: [500] },
  'a body that is cut off': { replies: [{ cutAfter: '{"result": [' }], waits: [500] },
};

/** Faults that stay: the source is not whole, and says why. */
const LASTING: Readonly<Record<string, Fault>> = {
  '400': { replies: [status(400)], waits: [] },
  '401': { replies: [status(401)], waits: [] },
  '403': { replies: [status(403)], waits: [] },
  '404': { replies: [status(404)], waits: [] },
  '429 that never ends': { replies: times(5, status(429)), waits: [500, 1000, 2000, 4000] },
  '429 that asks for an hour': { replies: [status(429, { 'retry-after': '3600' })], waits: [] },
  '500 that never ends': { replies: times(5, status(500)), waits: [500, 1000, 2000, 4000] },
  'a body that is always cut off': {
    replies: times(5, { cutAfter: '{"result": [' }),
    waits: [500, 1000, 2000, 4000],
  },
  silence: { replies: times(2, { hang: true }), waits: [500] },
  'malformed JSON': { replies: [{ text: '{"result": [' }], waits: [] },
  'an empty body': { replies: [{ text: '' }], waits: [] },
  'a web page': { replies: [{ text: '<html>', headers: { 'content-type': 'text/html' } }], waits: [] },
  'nesting without end': { replies: [{ text: '['.repeat(65) }], waits: [] },
  'a body without end': { replies: [{ text: ' '.repeat(100_001) }], waits: [] },
  'another type of answer': { replies: [{ text: '7' }], waits: [] },
  'a redirect': { replies: [status(302, { location: 'http://127.0.0.1:9/keys' })], waits: [] },
};

/** To Cognitive3D these two say that the key is dead. */
const isAnswer = (vendor: string, fault: string): boolean =>
  vendor === 'cognitive3d' && ['401', '403'].includes(fault);

describe.each(Object.entries(VENDORS))(
  '%s, when it misbehaves',
  (vendor, { url, good, afterwards, source, env }) => {
    const collect = async (replies: readonly Reply[], rest: Readonly<Record<string, Reply>>) => {
      // Only silence is to end at the time limit, however busy the machine is.
      const isSilent = replies.some((reply) => 'hang' in reply);
      const context = testContext(env, { requestTimeoutMs: isSilent ? 300 : 10_000 });
      const { inventory } = await collectScript({ [url]: replies, ...rest }, source, context);
      // What is shorter keeps to the vendor's limit.
      const waits = context.clock.sleeps.filter((ms) => ms >= 500);
      return { coverage: inventory.coverage, waits };
    };

    it.each(Object.entries(PASSING))('is read whole after %s', async (_fault, { replies, waits }) => {
      const read = await collect([...replies, good], afterwards);
      expect(read.coverage.map((entry) => entry.status)).toEqual(['complete']);
      expect(read.waits).toEqual(waits);
    });

    it.each(Object.entries(LASTING).filter(([fault]) => !isAnswer(vendor, fault)))(
      'is not whole, and says why, with %s',
      async (_fault, { replies, waits }) => {
        const { coverage, ...read } = await collect(replies, {});
        expect(coverage.map((entry) => entry.status)).not.toContain('complete');
        expect(coverage[0]?.reason ?? '').toMatch(/\w{4}/);
        expect(read.waits).toEqual(waits);
        for (const value of [VIDBEO, XR]) expect(JSON.stringify(coverage)).not.toContain(value.slice(0, 16));
      },
    );
  },
);
