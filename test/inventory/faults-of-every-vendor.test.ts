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

/** Faults after which the good answer comes: the source is read whole. */
const PASSING: Readonly<Record<string, readonly Reply[]>> = {
  '429 with Retry-After in seconds': [status(429, { 'retry-after': '3' })],
  '429 with Retry-After as a date': [status(429, { 'retry-after': 'Sun, 01 Nov 2026 00:00:09 GMT' })],
  '429 without a header': [status(429)],
  'two faults of the server': [status(500), status(503)],
  'a connection that is reset': [{ reset: true }],
  'a body that is cut off': [{ cutAfter: '{"result": [' }],
};

/** Faults that stay: the source is not whole, and says why. */
const LASTING: Readonly<Record<string, readonly Reply[]>> = {
  '400': [status(400)],
  '404': [status(404)],
  '429 that never ends': Array.from({ length: 5 }, () => status(429)),
  '429 that asks for an hour': [status(429, { 'retry-after': '3600' })],
  '500 that never ends': Array.from({ length: 5 }, () => status(500)),
  'a body that is always cut off': Array.from({ length: 5 }, () => ({ cutAfter: '{"result": [' })),
  silence: [{ hang: true }, { hang: true }],
  'malformed JSON': [{ text: '{"result": [' }],
  'an empty body': [{ text: '' }],
  'a web page': [{ text: '<html>', headers: { 'content-type': 'text/html' } }],
  'nesting without end': [{ text: '['.repeat(65) }],
  'a body without end': [{ text: ' '.repeat(100_001) }],
  'another type of answer': [{ text: '7' }],
  'a redirect': [status(302, { location: 'http://127.0.0.1:9/keys' })],
};

describe.each(Object.entries(VENDORS))(
  '%s, when it misbehaves',
  (_vendor, { url, good, afterwards, source, env }) => {
    const collect = async (replies: readonly Reply[], rest: Readonly<Record<string, Reply>>) => {
      const context = testContext(env, { requestTimeoutMs: 300 });
      return (await collectScript({ [url]: replies, ...rest }, source, context)).inventory;
    };

    it.each(Object.entries(PASSING))('is read whole after %s', async (_fault, replies) => {
      const { coverage } = await collect([...replies, good], afterwards);
      expect(coverage.map((entry) => entry.status)).toEqual(['complete']);
    });

    it.each(Object.entries(LASTING))('is not whole, and says why, with %s', async (_fault, replies) => {
      const { coverage } = await collect(replies, {});
      expect(coverage.map((entry) => entry.status)).not.toContain('complete');
      expect(coverage[0]?.reason ?? '').toMatch(/\w{4}/);
      for (const value of [VIDBEO, XR]) expect(JSON.stringify(coverage)).not.toContain(value.slice(0, 16));
    });
  },
);
